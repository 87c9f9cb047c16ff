import {
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  timeout,
  TimeoutStrategy,
  wrap,
} from "cockatiel";
import { createBatcher } from "#shared/runtime/batcher.ts";
import type { Queues } from "#shared/queues/open-queues.ts";
import { wakeOptions, type WakeQueue } from "#shared/queues/queues.ts";

/**
 * Asks for a look at `id` soon; `beside` others of its id, where it must not hold them up. Best effort
 * within the budget: false when Redis did not take it, and then the sweeper finds the work. Never throws.
 */
export type Wake = (
  queue: WakeQueue,
  id: string,
  delayMs?: number,
  beside?: string,
) => Promise<boolean>;

interface Call {
  readonly id: string;
  readonly delayMs: number;
  readonly beside: string | undefined;
}

/** While Redis is away nobody waits for it: after five failures it is asked once a second. */
export function createWake(queues: Queues, budgetMs: number): Wake {
  const policy = wrap(
    circuitBreaker(handleAll, { halfOpenAfter: 1000, breaker: new ConsecutiveBreaker(5) }),
    timeout(budgetMs, TimeoutStrategy.Aggressive),
  );
  const createAdd = (queue: WakeQueue) =>
    createBatcher<Call, boolean>({
      maxItems: 500,
      maxBatches: 2,
      run: async (calls) => {
        await policy.execute(() => addTogether(queues, queue, calls));
        return calls.map(() => ({ ok: true }));
      },
    });
  const add = {
    conversations: createAdd("conversations"),
    replies: createAdd("replies"),
    crm: createAdd("crm"),
    statuses: createAdd("statuses"),
    media: createAdd("media"),
  };
  return (queue, id, delayMs = 0, beside) => add[queue]({ id, delayMs, beside }).catch(() => false);
}

async function addTogether(
  queues: Queues,
  queue: WakeQueue,
  calls: readonly Call[],
): Promise<void> {
  const once = new Map(calls.map((call) => [`${call.id}|${call.beside ?? ""}`, call]));
  await queues[queue].addBulk(
    [...once.values()].map(({ id, delayMs, beside }) => ({
      name: queue,
      data: { v: 1, id },
      opts: wakeOptions(id, delayMs, beside),
    })),
  );
}
