// `npm start`: everything on this machine, on the pinned Node.
import { handOver } from "./hand-over.mjs";

handOver(new URL("start/main.mjs", import.meta.url));
