import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { countAtDoor } from "#api/count-at-door.ts";
import type { Lifecycle } from "#api/lifecycle.ts";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";

/** Longer than a load balancer keeps its connections (60 s), or it would write into a closed one. */
const keepAliveMs = 65_000;
const headersMs = 10_000;
const requestMs = 30_000;
/** Callers leave one by one, on answers that ask them to, before the door closes. */
const leaveMs = 300;
const doorstepMs = 5000;

/** Listens; rejects when the port is taken. */
export async function listen(app: RequestListener, port: number, host: string): Promise<Server> {
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, headersTimeout: headersMs, requestTimeout: requestMs },
    app,
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/**
 * Takes no more connections and waits until every request under way has its answer. The kernel
 * resets whoever connected and was not taken in yet, and Node takes in one caller a turn: so the
 * door closes in a moment when nobody stands at it, and whoever is inside stays until then.
 */
export async function stopListening(server: Server, lifecycle: Lifecycle): Promise<void> {
  await wait(leaveMs);
  const closed = Promise.withResolvers<void>();
  await lifecycle.holdWhile(async () => {
    await waitForEmptyDoorstep(server.address());
    server.close(() => closed.resolve());
  });
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  await closed.promise;
  clearInterval(sweep);
}

async function waitForEmptyDoorstep(address: string | AddressInfo | null): Promise<void> {
  if (typeof address !== "object" || address === null) return;
  const until = performance.now() + doorstepMs;
  do await nextTurn();
  while (countAtDoor(address.port) > 0 && performance.now() < until);
}
