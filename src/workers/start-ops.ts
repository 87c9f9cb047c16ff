import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Redis } from "ioredis";
import mongoose from "mongoose";
import type { Config } from "#shared/config/env.ts";
import { provesOps } from "#shared/runtime/ops-auth.ts";
import type { Connection } from "#shared/runtime/mongo.ts";
import type { WorkerMetrics } from "#workers/worker-metrics.ts";

interface OpsDeps {
  readonly config: Config;
  readonly metrics: WorkerMetrics;
  readonly connection: Connection;
  readonly redis: Redis;
}

/** A worker's own health and metrics, on WORKER_PORT where that is set. */
export async function startOps({ config, metrics, connection, redis }: OpsDeps) {
  let isLeaving = false;
  const readiness = (): { status: number; body: object } => {
    const away = [
      ...(connection.readyState === mongoose.ConnectionStates.connected ? [] : ["mongodb"]),
      ...(redis.status === "ready" ? [] : ["redis"]),
    ];
    const isReady = !isLeaving && !away.includes("mongodb");
    return { status: isReady ? 200 : 503, body: { ready: isReady, away, stopping: isLeaving } };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === "/health/live") return sendJson(response, 200, { status: "ok" });
    if (request.url === "/health/ready")
      return sendJson(response, readiness().status, readiness().body);
    if (request.url !== "/metrics") return sendJson(response, 404, { detail: "Not Found" });
    if (!provesOps(config, request.headers.authorization))
      return sendJson(
        response,
        401,
        { detail: "Unauthorized" },
        { "www-authenticate": 'Basic realm="ops"' },
      );
    response.writeHead(200, { "content-type": metrics.registry.contentType });
    response.end(await metrics.registry.metrics());
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => sendJson(response, 500, { detail: "Internal error" }));
  });
  const { WORKER_PORT } = config;
  if (WORKER_PORT !== undefined)
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(WORKER_PORT, config.HOST, resolve);
    });
  return {
    leave: () => {
      isLeaving = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
