import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";
import { shortenedTimes } from "./times.ts";
import { countSealed } from "./webhooks-queue.ts";

const lookEveryMs = 250;
const sayEveryMs = 5000;
/** So long a held send may still be sent again on evidence. */
const graceMs = Number(shortenedTimes["RECEIPT_SILENCE_MS"]) + 2000;

/** What is still under way, by MongoDB and the queue `webhooks`. */
export interface Open {
  readonly entries: number;
  readonly sends: number;
  readonly sealed: number;
}

/** Answers when nothing was under way any more and stayed so; or what is left after the patience. */
export async function waitUntilIdle(
  { database, redis, name }: Pick<Cluster, "database" | "redis" | "name">,
  patienceMs: number,
  say: (line: string) => void,
): Promise<{ readonly idleAt?: number; readonly open: Open }> {
  const until = Date.now() + patienceMs;
  let idleAt: number | undefined;
  let saidAt = Date.now();
  for (;;) {
    const open = {
      entries: await database.collection("webhooks").countDocuments({ sweepAt: { $exists: true } }),
      sends: await database.collection("outgoing").countDocuments({ open: { $exists: true } }),
      sealed: await countSealed(redis, name),
    };
    if (open.entries + open.sends + open.sealed > 0) idleAt = undefined;
    else idleAt ??= Date.now();
    const canChange = await database
      .collection("outgoing")
      .findOne({ state: "held", sweepAt: { $exists: true } }, { projection: { _id: 1 } });
    const restedMs = idleAt === undefined ? 0 : Date.now() - idleAt;
    if (idleAt !== undefined && restedMs >= (canChange === null ? 1000 : graceMs))
      return { idleAt, open };
    if (Date.now() > until) return { open };
    if (Date.now() - saidAt > sayEveryMs) {
      say(`  under way: ${JSON.stringify(open)}`);
      saidAt = Date.now();
    }
    await wait(lookEveryMs);
  }
}
