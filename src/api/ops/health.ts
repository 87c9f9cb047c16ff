import { Router } from "express";
import type { ApiDeps } from "#api/deps.ts";
import { within } from "#api/within.ts";

type State = "ok" | "away";

const askMs = 1000;

/** `/health/live`: the process answers. `/health/ready`: it can accept webhooks in one way or the other. */
export function createHealth(api: ApiDeps, checkDurable: () => Promise<void>): Router {
  const router = Router();
  router.get("/live", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/ready", async (_request, response) => {
    const report = await readReport(api, checkDurable);
    const isReady = report.status === "ok" || report.status === "degraded";
    response.status(isReady ? 200 : 503).json(report);
  });
  return router;
}

async function readReport(
  { lifecycle, connection, redis }: ApiDeps,
  checkDurable: () => Promise<void>,
) {
  const [mongodb, redisAnswers, queue] = await Promise.all([
    ask("MongoDB", async () => connection.db?.command({ ping: 1 })),
    ask("Redis", () => redis.ping()),
    ask("the queue webhooks", checkDurable),
  ]);
  const states = { mongodb, redis: redisAnswers, secondWay: queue };
  if (lifecycle.isStopping) return { status: "stopping", ...states };
  if (mongodb === "away" && queue === "away") return { status: "away", ...states };
  const isWhole = mongodb === "ok" && redisAnswers === "ok";
  return { status: isWhole ? "ok" : "degraded", ...states };
}

const ask = (what: string, run: () => Promise<unknown>): Promise<State> =>
  within(what, askMs, run).then(
    () => "ok",
    () => "away",
  );
