import fc from "fast-check";
import { Pool } from "undici";
import type { TestSystem } from "../../../support/system.ts";
import { claimOf, type Claim } from "../claim.ts";
import { inParallel } from "../in-parallel.ts";
import { operator, proofs, withSystem, type Stage } from "../stage.ts";
import { checkEnd } from "./check-end.ts";
import { namesStranger, readJournaled } from "./check-journal.ts";
import { bytesOf, hostileCases, type HostileCase } from "./hostile-case.ts";
import { favour, followLag } from "./lag.ts";
import { oddRequests } from "./odd-requests.ts";
import { postCase, sendOdd } from "./post-case.ts";
import { liftPauses, tellRest, workOff } from "./work-off.ts";

const chunk = 500;
const inFlight = 40;
const oddShare = 0.05;
const mostLagMs = 100;

/**
 * Mutated bodies of all providers to every route, odd requests among them; then everything has to
 * be worked off. The case `n` of a seed is the same in every run.
 */
export const measureBodies = (stage: Stage): Promise<Claim> =>
  withSystem(stage, {}, (system) => measure(stage, system));

async function measure(stage: Stage, system: TestSystem): Promise<Claim> {
  const pool = new Pool(system.api.url, { connections: inFlight, pipelining: 1 });
  const pauses = liftPauses(system);
  const isFavoured = stage.isTimed && favour(system.api.child.pid);
  const lag = followLag(system.api.url, operator);
  const startedAt = performance.now();
  const posted = await postAll(stage, pool);
  const seconds = (performance.now() - startedAt) / 1000;
  const lagMs = await lag.stop();
  const rest = await workOff(system, stage.redisUrl);
  await pauses.stop();
  await pool.close();
  const kept = await checkKept(stage, system, posted.taken);
  const { faults: ends, ...ended } = await checkEnd(system);
  const faults = [
    ...posted.faults,
    ...kept.faults,
    ...ends,
    ...tellRest(rest),
    ...(stage.isTimed && lagMs >= mostLagMs ? [`the event loop stood still for ${lagMs} ms`] : []),
  ];
  return claimOf(
    "hostile-bodies",
    {
      seed: stage.seed,
      bodies: posted.bodies,
      oddRequests: posted.odd,
      perSecond: Math.round(posted.bodies / seconds),
      ...posted.statuses,
      journaled: kept.journaled,
      unclaimed: kept.unclaimed,
      ...ended,
      ...(stage.isTimed ? { isFavoured, longestEventLoopDelayMs: lagMs } : {}),
    },
    faults,
  );
}

interface Posted {
  readonly bodies: number;
  readonly odd: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Answered by 200. */
  readonly taken: ReadonlySet<number>;
  readonly faults: readonly string[];
}

async function postAll(stage: Stage, pool: Pool): Promise<Posted> {
  const statuses: Record<string, number> = {};
  const taken = new Set<number>();
  const faults: string[] = [];
  let odd = 0;
  const count = (status: number): void => {
    statuses[`http${status}`] = (statuses[`http${status}`] ?? 0) + 1;
  };
  for (let from = 0; from < stage.messages; from += chunk) {
    const cases = casesFrom(stage, from);
    await inParallel(cases, async (hostile, place) => {
      const n = from + place;
      const answered = await postCase(pool, proofs, hostile, String(n)).catch(asFault);
      count(answered.status);
      if (answered.status === 200) taken.add(n);
      if (answered.fault !== undefined) faults.push(await shrink(stage, pool, n, answered.fault));
    });
    const requests = fc.sample(oddRequests, { seed: stage.seed + from, numRuns: chunk * oddShare });
    await inParallel(requests, async (request) => {
      odd += 1;
      const answered = await sendOdd(pool, proofs, request).catch(asFault);
      if (answered.fault !== undefined)
        faults.push(`${JSON.stringify(request).slice(0, 300)}: ${answered.fault}`);
    });
    if (from % 50_000 === 0) stage.say(`${from + cases.length} bodies posted`);
    if (faults.length > 50) break;
  }
  return {
    bodies: Object.values(statuses).reduce((sum, each) => sum + each, 0),
    odd,
    statuses,
    taken,
    faults,
  };
}

const casesFrom = ({ seed, messages }: Stage, from: number): readonly HostileCase[] =>
  fc.sample(hostileCases, { seed: seed + from, numRuns: Math.min(chunk, messages - from) });

const asFault = (error: unknown) => ({
  status: 0,
  fault: `no answer: ${error instanceof Error ? error.message : String(error)}`,
});

/** The smallest case that still fails, and how to have it again. */
async function shrink({ seed }: Stage, pool: Pool, n: number, fault: string): Promise<string> {
  const property = fc.asyncProperty(hostileCases, async (hostile) => {
    const answered = await postCase(pool, proofs, hostile, "shrinking").catch(asFault);
    return answered.fault === undefined;
  });
  const from = n - (n % chunk);
  const checked = await fc.check(property, {
    seed: seed + from,
    path: String(n - from),
    numRuns: 1,
  });
  const [smallest] = checked.counterexample ?? [];
  const told = smallest === undefined ? "it did not fail again" : describe(smallest);
  return `--seed ${seed}, body ${n}: ${fault} | shrunk: ${told}`;
}

const describe = (hostile: HostileCase): string => {
  const { route, fixture, proof, contentType, encoding } = hostile;
  const body = bytesOf(hostile, 0).toString().slice(0, 600);
  return JSON.stringify({
    path: route.path,
    fixture: fixture.name,
    proof,
    contentType,
    encoding,
    body,
  });
};

/** Every body that was answered by 200 is in the journal, or names only accounts without a channel. */
async function checkKept(stage: Stage, system: TestSystem, taken: ReadonlySet<number>) {
  const journaled = await readJournaled(system);
  const faults: string[] = [];
  let unclaimed = 0;
  for (let from = 0; from < stage.messages; from += chunk) {
    for (const [place, hostile] of casesFrom(stage, from).entries()) {
      const n = from + place;
      if (!taken.has(n) || journaled.has(String(n))) continue;
      unclaimed += 1;
      if (hostile.route.isNobodys !== true && !namesStranger(bytesOf(hostile, 0)))
        faults.push(`--seed ${stage.seed}, body ${n}: 200, but nowhere: ${describe(hostile)}`);
    }
  }
  return { journaled: taken.size - unclaimed, unclaimed, faults };
}
