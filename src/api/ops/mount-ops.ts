import { Router } from "express";
import type { ApiDeps } from "#api/deps.ts";
import { createOpsAuth, refuseForeignPages } from "#api/http/auth.ts";
import { createBoard, loadFromHereOnly } from "#api/ops/bull-board.ts";
import { createHealth } from "#api/ops/health.ts";
import { createDurableCheck } from "#api/webhooks/check-durable.ts";

const boardPath = "/ops/queues";

/** What operators and their tools look at. */
export function mountOps(api: ApiDeps): Router {
  const { config, log, queues, metrics, redis } = api;
  if (config.OPS_PASSWORD === undefined)
    log.warn({
      event: "ops.closed",
      advice: "set OPS_PASSWORD to open /ops/queues and /metrics by a password",
    });
  const auth = createOpsAuth(api);
  const router = Router();
  router.use("/health", createHealth(api, createDurableCheck(redis)));
  router.use(boardPath, auth, refuseForeignPages, loadFromHereOnly);
  router.use(boardPath, createBoard(boardPath, queues, config.OPS_QUEUES_WRITE));
  router.get("/metrics", auth, async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
