import { once } from "node:events";
import { createServer } from "node:http";
import type { Express } from "express";

export interface Served {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on `port` (0: a free one). `close` cuts open connections, as a vanished provider would. */
export async function serve(
  app: Express,
  at: { readonly host: string; readonly port: number },
): Promise<Served> {
  const server = createServer(app);
  server.keepAliveTimeout = 60_000;
  server.listen(at.port, at.host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP port was given");

  return {
    url: `http://${urlHost(at.host)}:${address.port}`,
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
