import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";

/** Listens at every address of this machine, counts whoever comes, and answers what keeps nobody. */
export interface Canary {
  readonly port: number;
  readonly seen: () => number;
  readonly close: () => Promise<void>;
}

/** Rejects where the port may not be bound. */
export async function startCanary(port = 0): Promise<Canary> {
  let seen = 0;
  const server = createServer((socket) => {
    seen += 1;
    socket.on("error", () => socket.destroy()).resume();
    socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
  });
  server.listen({ port, host: "::", ipv6Only: false });
  await once(server, "listening");
  return {
    port: portOf(server),
    seen: () => seen,
    close: async () => {
      server.close();
      await once(server, "close");
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the canary has no port");
  return address.port;
}

/** Where a canary can be reached: a vector that gets through would be seen at one of these. */
export const localHosts = (): readonly string[] => [
  "127.0.0.1",
  "127.0.0.2",
  "[::1]",
  "localhost",
  ...Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family, address }) => !internal && family === "IPv4" && address !== "")
    .map(({ address }) => address),
];
