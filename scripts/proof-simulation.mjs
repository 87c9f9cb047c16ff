// `npm run proof:simulation`: the protocol under simulated schedules and faults, on the pinned Node.
import { handOver } from "./hand-over.mjs";

handOver(new URL("../test/simulation/main.ts", import.meta.url));
