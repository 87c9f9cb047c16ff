/** One answer per item, in the items' order; a fault for one harms no neighbour. */
export type Settled<Out> = { readonly ok: Out } | { readonly fault: unknown };

interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (value: Out) => void;
  readonly reject: (fault: unknown) => void;
}

export interface BatcherOptions<In, Out> {
  readonly run: (items: readonly In[]) => Promise<readonly Settled<Out>[]>;
  /** Two items with one key never travel in the same batch. */
  readonly keyOf?: (item: In) => string;
  readonly maxItems: number;
  /** Batches in the air at once; what waits goes with the next. */
  readonly maxBatches: number;
}

/**
 * Group commit: what is asked in the same moment, or while other batches are in the air, leaves
 * together. An item joins only a batch that was not yet sent.
 */
export function createBatcher<In, Out>(
  options: BatcherOptions<In, Out>,
): (item: In) => Promise<Out> {
  let waiting: Waiting<In, Out>[] = [];
  let inTheAir = 0;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || waiting.length === 0 || inTheAir >= options.maxBatches) return;
    scheduled = true;
    setImmediate(send);
  };
  const send = (): void => {
    scheduled = false;
    const [batch, rest] = takeBatch(waiting, options);
    waiting = rest;
    inTheAir += 1;
    schedule();
    void deliver(batch, options.run).finally(() => {
      inTheAir -= 1;
      schedule();
    });
  };
  return (item) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}

function takeBatch<In, Out>(
  waiting: readonly Waiting<In, Out>[],
  { keyOf, maxItems }: BatcherOptions<In, Out>,
): [batch: Waiting<In, Out>[], rest: Waiting<In, Out>[]] {
  const batch: Waiting<In, Out>[] = [];
  const rest: Waiting<In, Out>[] = [];
  const keys = new Set<string>();
  for (const each of waiting) {
    const key = keyOf?.(each.item);
    const fits = batch.length < maxItems && (key === undefined || !keys.has(key));
    if (key !== undefined) keys.add(key);
    (fits ? batch : rest).push(each);
  }
  return [batch, rest];
}

async function deliver<In, Out>(
  batch: readonly Waiting<In, Out>[],
  run: BatcherOptions<In, Out>["run"],
): Promise<void> {
  try {
    const answers = await run(batch.map(({ item }) => item));
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers[index] ?? { fault: new Error("a batch gave no answer for an item") };
      if ("ok" in answer) resolve(answer.ok);
      else reject(answer.fault);
    });
  } catch (fault) {
    batch.forEach(({ reject }) => {
      reject(fault);
    });
  }
}
