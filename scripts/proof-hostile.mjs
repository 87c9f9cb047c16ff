// `npm run proof:hostile`: proves what hostile input cannot do, on the pinned Node.
import { handOver } from "./hand-over.mjs";

handOver(new URL("../test/proof/hostile/main.ts", import.meta.url));
