import type { Models } from "#shared/models/open-models.ts";
import type { CrmAction } from "#shared/models/crm-actions.ts";
import type { LaneItem } from "#shared/models/lane-items.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { LaneQueue, WakeQueue } from "#shared/queues/queues.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";
import { forEachLimited } from "#workers/upkeep/for-each-limited.ts";

/** One kind of ordered outgoing work. */
export interface SweptLane<Item extends LaneItem = LaneItem> {
  readonly queue: LaneQueue;
  readonly items: {
    readonly readDue: (now: Date, limit: number) => Promise<readonly Item[]>;
    readonly pushSweep: (id: string, sweepAt: Date | undefined) => Promise<unknown>;
  };
  /** The lane that an open item holds. */
  readonly laneOf: (item: Item) => string;
  /** Since when it could have left. */
  readonly lateSince: (item: Item) => Date;
  readonly run: (lane: string) => Promise<unknown>;
}

/** What the sweeper needs; the simulation gives it another world. */
export interface SweepPorts {
  readonly now: () => number;
  readonly webhooks: Pick<Models["webhooks"], "readDue" | "pushSweep">;
  readonly replies: SweptLane<Outgoing>;
  readonly crm: SweptLane<CrmAction>;
  readonly conversations: Pick<Models["conversations"], "readDue">;
  readonly wake: Wake;
  readonly drain: (conversationId: string) => Promise<unknown>;
  /** In a process of its own, because it may kill the one that runs it. */
  readonly drainAlone: (conversationId: string) => Promise<unknown>;
  readonly handleStatuses: (key: string) => Promise<unknown>;
  readonly sweepMedia: () => Promise<unknown>;
  readonly reconsiderHeld: (outgoing: Outgoing) => Promise<unknown>;
  /** A wake that cannot come because a dead job stands in its way. */
  readonly removeGhost: (queue: WakeQueue, id: string) => Promise<unknown>;
  readonly aloneAfterMs: number;
  readonly everyMs: number;
  readonly log: Log;
}

/** Of the journal: whether more may be due than one sweep takes, and whether Redis took every wake. */
export interface Swept {
  readonly isFull: boolean;
  readonly isWoken: boolean;
}

const dueAtOnce = 500;
const atOnce = 20;
/** Taken up that often without an end: whatever it is, it does not run in a worker any more. */
const suspectAfterSweeps = 2;
/** Each is a process. */
const suspectsAtOnce = 2;

/**
 * Finds everything that is due and has no job: wakes it, and works off itself what is so late that
 * jobs evidently do not come. With it a system without Redis goes on, slower.
 */
export async function sweep(ports: SweepPorts): Promise<Swept> {
  const swept = await sweepWebhooks(ports);
  const held = await sweepLane(ports, ports.replies);
  await forEachLimited(held, atOnce, (each) =>
    attempt(ports, each._id, () => ports.reconsiderHeld(each)),
  );
  await sweepLane(ports, ports.crm);
  await sweepTimers(ports);
  await attempt(ports, "media", ports.sweepMedia);
  return swept;
}

async function sweepWebhooks(ports: SweepPorts): Promise<Swept> {
  const now = ports.now();
  const due = await ports.webhooks.readDue(new Date(now), dueAtOnce);
  const isLate = (arrivedAt: Date): boolean => now - arrivedAt.getTime() > ports.aloneAfterMs;
  const late = due.filter(({ arrivedAt }) => isLate(arrivedAt));
  const keysOf = (entries: typeof due): ReadonlySet<string> =>
    new Set(entries.flatMap(({ pending }) => pending));
  const wakes = await Promise.all([...keysOf(due)].map((key) => wakeKey(ports, key)));
  const isWoken = !wakes.includes(false);
  await Promise.all(
    due.map((entry) => {
      const { arrivedAt } = entry;
      const isTakenUp = isLate(arrivedAt);
      const since = isWoken || isTakenUp ? arrivedAt : new Date(now);
      return ports.webhooks.pushSweep(entry, nextSweep(ports, since), isTakenUp);
    }),
  );
  const suspects = keysOf(late.filter(({ sweeps = 0 }) => sweeps >= suspectAfterSweeps));
  const innocents = [...keysOf(late)].filter((key) => !suspects.has(key));
  await forEachLimited(innocents, atOnce, (key) =>
    attempt(ports, key, () => workOff(ports, key, false)),
  );
  await forEachLimited([...suspects], suspectsAtOnce, (key) =>
    attempt(ports, key, () => workOff(ports, key, true)),
  );
  return { isFull: due.length === dueAtOnce, isWoken };
}

/** As long again as it has waited: a backlog is not swept over and over. */
function nextSweep({ now, everyMs }: SweepPorts, since: Date): Date {
  const age = now() - since.getTime();
  return new Date(now() + Math.min(Math.max(age, everyMs), 300_000));
}

const isStatusesKey = (key: string): boolean => key.endsWith("#statuses");

const queueOf = (key: string): WakeQueue => (isStatusesKey(key) ? "statuses" : "conversations");

const wakeKey = (ports: SweepPorts, key: string): Promise<boolean> => ports.wake(queueOf(key), key);

async function workOff(ports: SweepPorts, key: string, isSuspect: boolean): Promise<unknown> {
  await ports.removeGhost(queueOf(key), key);
  if (isStatusesKey(key)) return ports.handleStatuses(key);
  return isSuspect ? ports.drainAlone(key) : ports.drain(key);
}

/** Answers what is due and holds no lane any more. */
async function sweepLane<Item extends LaneItem>(
  ports: SweepPorts,
  { queue, items, laneOf, lateSince, run }: SweptLane<Item>,
): Promise<readonly Item[]> {
  const now = ports.now();
  const due = await items.readDue(new Date(now), dueAtOnce);
  const open = due.filter((item) => item.open !== undefined);
  const lanesOf = (some: readonly Item[]): readonly string[] => [...new Set(some.map(laneOf))];
  await Promise.all(lanesOf(open).map((id) => ports.wake(queue, id)));
  await Promise.all(
    open.map(({ _id, sweepAt = new Date(now) }) => items.pushSweep(_id, nextSweep(ports, sweepAt))),
  );
  const late = open.filter((item) => now - lateSince(item).getTime() > ports.aloneAfterMs);
  await forEachLimited(lanesOf(late), atOnce, (id) =>
    attempt(ports, id, async () => {
      await ports.removeGhost(queue, id);
      await run(id);
    }),
  );
  return due.filter(({ state }) => state === "held");
}

async function sweepTimers(ports: SweepPorts): Promise<void> {
  const now = ports.now();
  const due = await ports.conversations.readDue(new Date(now), dueAtOnce);
  await Promise.all(due.map(({ _id }) => ports.wake("conversations", _id)));
  const late = due.filter(({ wakeAt }) => now - (wakeAt?.getTime() ?? now) > ports.aloneAfterMs);
  await forEachLimited(late, atOnce, ({ _id }) => attempt(ports, _id, () => ports.drain(_id)));
}

/** One that fails harms no other: it stays due. */
async function attempt(ports: SweepPorts, id: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    ports.log.warn({ event: "sweep.failed", id, err: error });
  }
}
