import { Pool } from "undici";
import type { TestSystem } from "../../../support/system.ts";
import { claimOf, type Claim } from "../claim.ts";
import { operator, proofs, withSystem, type Stage } from "../stage.ts";
import { checkEnd } from "./check-end.ts";
import { giants, writeGiant, type Giant } from "./giants.ts";
import { favour, followLag } from "./lag.ts";
import { proofOf } from "./post-case.ts";
import { routes } from "./routes.ts";
import { liftPauses, tellRest, workOff } from "./work-off.ts";

/** Bodies as large and as costly as the limits let in, one after another, all to be worked off. */
export const measureGiants = (stage: Stage): Promise<Claim> =>
  withSystem(stage, {}, async (system) => {
    const pool = new Pool(system.api.url);
    const pauses = liftPauses(system);
    if (stage.isTimed) favour(system.api.child.pid);
    const lag = followLag(system.api.url, operator);
    const posted = [];
    const chosen = giants.filter(({ isLong }) => stage.isTimed || isLong !== true);
    for (const giant of chosen) posted.push(await post(pool, giant));
    // How long one giant holds its process up is told, not judged: its size alone takes time.
    const lagMs = await lag.stop();
    const startedAt = performance.now();
    const rest = await workOff(system, stage.redisUrl);
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    await pauses.stop();
    await pool.close();
    return judge(system, {
      posted,
      rest,
      times: stage.isTimed ? { workedOffSeconds: seconds, longestEventLoopDelayMs: lagMs } : {},
    });
  });

interface Posted {
  readonly name: string;
  readonly ms: number;
  readonly status: number;
}

async function post(pool: Pool, giant: Giant): Promise<Posted> {
  const body = writeGiant(giant);
  const startedAt = performance.now();
  const { statusCode, body: answer } = await pool.request({
    method: "POST",
    path: routes.find(({ provider }) => provider === giant.provider)?.path ?? "",
    headers: proofOf(proofs, giant.provider, body),
    body,
  });
  await answer.text();
  return { name: giant.name, ms: performance.now() - startedAt, status: statusCode };
}

interface Seen {
  readonly posted: readonly Posted[];
  readonly rest: Awaited<ReturnType<typeof workOff>>;
  readonly times: Readonly<Record<string, number>>;
}

async function judge(system: TestSystem, { posted, rest, times }: Seen): Promise<Claim> {
  const { faults, ...ended } = await checkEnd(system);
  const refused = posted.filter(({ status }) => status !== 200);
  const slowest = posted.toSorted((a, b) => b.ms - a.ms)[0];
  const parked = await system.database
    .collection("webhooks")
    .countDocuments({ parked: { $exists: true } });
  return claimOf(
    "hostile-giants",
    {
      bodies: posted.length,
      parked,
      ...ended,
      ...(slowest === undefined || Object.keys(times).length === 0
        ? {}
        : { slowest: slowest.name, slowestMs: Math.round(slowest.ms) }),
      ...times,
    },
    [...refused.map(({ name, status }) => `${name}: HTTP ${status}`), ...tellRest(rest), ...faults],
  );
}
