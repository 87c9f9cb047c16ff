// `npm run bench`: measures on the pinned Node.
import { handOver } from "./hand-over.mjs";

handOver(new URL("../test/bench/main.ts", import.meta.url));
