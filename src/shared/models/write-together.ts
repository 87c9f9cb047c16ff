import { setTimeout as wait } from "node:timers/promises";
import type { Settled } from "#shared/runtime/batcher.ts";
import { isDoubtful, isOutage } from "#shared/models/outage.ts";

export interface Together<In, Out> {
  readonly items: readonly In[];
  readonly idOf: (item: In) => string;
  /** One command for all; may answer item by item, throws when the command as a whole failed. */
  readonly together: (sorted: readonly In[]) => Promise<readonly Settled<Out>[]>;
  readonly alone: (item: In) => Promise<Out>;
  /** Resolves when the server answers at all. */
  readonly ping: () => Promise<unknown>;
}

const patienceMs = 2000;

/**
 * Writes a batch sorted by `_id` (two batches in opposite order deadlock for 20-40 s on FerretDB)
 * and makes sure that a bad item fails alone. An outage fails the whole batch: what was applied is
 * found out by whoever asks next.
 */
export async function writeTogether<In, Out>(
  write: Together<In, Out>,
): Promise<readonly Settled<Out>[]> {
  const order = write.items
    .map((item, index) => ({ item, index, id: write.idOf(item) }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const answers = await answerSorted(
    write,
    order.map(({ item }) => item),
  );
  const byIndex = new Map(order.map(({ index }, position) => [index, answers[position]]));
  return write.items.map((_, index) => byIndex.get(index) ?? { fault: new Error("not answered") });
}

async function answerSorted<In, Out>(
  write: Together<In, Out>,
  sorted: readonly In[],
): Promise<readonly Settled<Out>[]> {
  try {
    const answers = await write.together(sorted);
    return await Promise.all(
      answers.map((answer, index) => retryRefused(write, sorted[index], answer)),
    );
  } catch (error) {
    if (isOutage(error) && !(await isOwnFault(write, error))) throw error;
    return writeEachAlone(write, sorted);
  }
}

/** An item that the server refused inside a batch may have been refused for a neighbour's sake. */
async function retryRefused<In, Out>(
  write: Together<In, Out>,
  item: In | undefined,
  answer: Settled<Out>,
): Promise<Settled<Out>> {
  if (item === undefined || "ok" in answer) return answer;
  return settle(() => write.alone(item));
}

/** FerretDB's code 1 is an outage, unless the server answers a ping a moment later. */
async function isOwnFault<In, Out>(write: Together<In, Out>, error: unknown): Promise<boolean> {
  if (!isDoubtful(error)) return false;
  await wait(patienceMs);
  return write.ping().then(
    () => true,
    () => false,
  );
}

async function writeEachAlone<In, Out>(
  write: Together<In, Out>,
  sorted: readonly In[],
): Promise<readonly Settled<Out>[]> {
  const answers: Settled<Out>[] = [];
  for (const item of sorted) answers.push(await settle(() => write.alone(item)));
  return answers;
}

async function settle<Out>(run: () => Promise<Out>): Promise<Settled<Out>> {
  try {
    return { ok: await run() };
  } catch (fault) {
    return { fault };
  }
}
