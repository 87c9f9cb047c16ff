import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";

/** Longer than a load balancer keeps its connections (60 s), or it would write into a closed one. */
const keepAliveMs = 65_000;
const headersMs = 10_000;
const requestMs = 30_000;
/** Callers leave one by one, on answers that ask them to, before the door closes. */
const leaveMs = 300;
const doorstepMs = 5000;
const shortTurnMs = 0.1;

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

/** Takes no more connections and waits until every request under way has its answer. */
export async function stopListening(server: Server, countUnderWay: () => number): Promise<void> {
  await waitForEmptyDoorstep(server, countUnderWay);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearInterval(sweep);
}

/**
 * The kernel resets whoever connected and was not taken in yet. So the door closes in a turn of the
 * event loop that looked for callers, found none, and was too short for many to come since: under
 * load, while most of the usual callers are inside.
 */
async function waitForEmptyDoorstep(server: Server, countUnderWay: () => number): Promise<void> {
  let arrivals = 0;
  let most = 0;
  server.on("connection", () => (arrivals += 1));
  server.on("request", () => (most = Math.max(most, countUnderWay())));
  await wait(leaveMs);
  const until = performance.now() + doorstepMs;
  for (;;) {
    const seen = arrivals;
    const begunAt = performance.now();
    await nextTurn();
    const now = performance.now();
    const isQuiet = arrivals === seen && now - begunAt < shortTurnMs;
    if ((isQuiet && countUnderWay() >= most / 2) || now > until) return;
  }
}
