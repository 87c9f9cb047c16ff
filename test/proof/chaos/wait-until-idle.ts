import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Cluster } from "./cluster.ts";
import { shortenedTimes } from "./times.ts";
import { countSealed } from "./webhooks-queue.ts";

const lookEveryMs = 250;
const sayEveryMs = 5000;
/** So long a held send may still be sent again on evidence: a provider's silence tells by then. */
const graceMs = Number(shortenedTimes["RECEIPT_SILENCE_MS"]) + 2000;
/** Nothing came to an end for so long: nothing will. */
const stuckMs = 60_000;

/** What is still under way, by MongoDB, the queue `webhooks` and the provider that is polled. */
export interface Open {
  readonly entries: number;
  readonly sends: number;
  readonly sealed: number;
  readonly listed: number;
}

/** Answers when nothing was under way any more and stayed so; or what is left when it is stuck. */
export async function waitUntilIdle(
  { database, redis, name, simulators }: Cluster,
  say: (line: string) => void,
): Promise<{ readonly idleAt?: number; readonly open: Open }> {
  let least = Infinity;
  let movedAt = Date.now();
  let idleAt: number | undefined;
  let saidAt = Date.now();
  for (;;) {
    const open = {
      entries: await database.collection("webhooks").countDocuments({ sweepAt: { $exists: true } }),
      sends: await database.collection("outgoing").countDocuments({ open: { $exists: true } }),
      sealed: await countSealed(redis, name),
      listed: await simulators.ask("unread", {}, z.number()),
    };
    const all = open.entries + open.sends + open.sealed + open.listed;
    if (all > 0) idleAt = undefined;
    else idleAt ??= Date.now();
    if (all < least) movedAt = Date.now();
    least = Math.min(least, all);
    const canChange = await database
      .collection("outgoing")
      .findOne({ state: "held", sweepAt: { $exists: true } }, { projection: { _id: 1 } });
    const restedMs = idleAt === undefined ? 0 : Date.now() - idleAt;
    if (idleAt !== undefined && restedMs >= (canChange === null ? 1000 : graceMs))
      return { idleAt, open };
    if (idleAt === undefined && Date.now() - movedAt > stuckMs) return { open };
    if (Date.now() - saidAt > sayEveryMs) {
      say(`  under way: ${JSON.stringify(open)}`);
      saidAt = Date.now();
    }
    await wait(lookEveryMs);
  }
}
