// Ports below the system's own range for outgoing connections: while a server is down, no client's
// connection can take its port, nor connect to itself.
import { createServer } from "node:net";

const lowest = 20_000;
const span = 12_000;

/** A port of this machine that nobody listens on now. */
export async function freePort() {
  const port = lowest + Math.floor(Math.random() * span);
  return (await isFree(port)) ? port : freePort();
}

/** Whether a server could listen there now. */
export function isFree(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
