// `npm run proof:chaos`: the real system under load and faults, on the pinned Node.
import { handOver } from "./hand-over.mjs";

handOver(new URL("../test/proof/chaos/main.ts", import.meta.url));
