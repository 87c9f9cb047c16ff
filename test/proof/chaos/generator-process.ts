import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { answerAsks } from "../../bench/answer-asks.ts";
import { watchInFlight } from "./in-flight.ts";
import { planMessages, type Planned } from "./messages.ts";
import { createPost, type Webhook } from "./post-webhook.ts";
import { writeWebhook } from "./write-webhook.ts";

/** Plays both providers' webhooks, and notes each attempt as it goes. */
const starting = z.object({
  plan: z.object({
    messages: z.number(),
    conversations: z.number(),
    seed: z.number(),
    startSeconds: z.number(),
    duplicates: z.number(),
    reordered: z.number(),
  }),
  origins: z.array(z.string()),
  appSecret: z.string(),
  webhookToken: z.string(),
  /** So many messages may wait for their replies. */
  inFlight: z.number(),
  perSecond: z.number().default(Infinity),
  /** Each is posted so many times at once. */
  atOnce: z.number().int().min(1).default(1),
  /** So many may wait for their acknowledgement. */
  underWay: z.number().default(Infinity),
  acknowledgements: z.string(),
  ledgers: z.array(z.string()),
});

const repeatAfterMs = 300;
const arrearsMs = 1000;
let acknowledged = 0;
let isDone = false;
let perSecond = Infinity;
let isEnough = false;
let pause: PromiseWithResolvers<void> | undefined;

async function generate(asked: z.infer<typeof starting>): Promise<void> {
  const log = createWriteStream(asked.acknowledgements, { flags: "a" });
  const stopping = new AbortController();
  const backlog = watchInFlight(asked.ledgers, stopping.signal);
  const { post, close } = createPost({
    origins: asked.origins,
    seed: asked.plan.seed,
    note: (attempt) => void log.write(`${JSON.stringify(attempt)}\n`),
  });

  const insist = async (planned: Planned, webhook: Webhook): Promise<void> => {
    while (!(await post(planned, webhook, false))) await wait(repeatAfterMs);
    acknowledged += 1;
  };
  const deliver = async (planned: Planned, before: Promise<void> | undefined): Promise<void> => {
    const webhook = writeWebhook(planned, asked);
    await before;
    await wait(planned.lateMs);
    const { copy } = planned;
    const first = insist(planned, webhook);
    const others = Array.from({ length: asked.atOnce - 1 }, () => post(planned, webhook, true));
    await Promise.all(others);
    if (copy === undefined) return first;
    if (copy.afterMs > 0) await first.then(() => wait(copy.afterMs));
    await post(planned, webhook, true);
    await first;
  };

  const lastOf = new Map<string, Promise<void>>();
  const underWay = new Set<Promise<void>>();
  perSecond = asked.perSecond;
  let dueAt = performance.now();
  for (const planned of planMessages(asked.plan)) {
    // A busy machine's moment is made up for, what an outage held up is not.
    dueAt = Math.max(dueAt + 1000 / perSecond, performance.now() - arrearsMs);
    const early = dueAt - performance.now();
    if (early > 0) await wait(early);
    await pause?.promise;
    if (isEnough) break;
    while (underWay.size >= asked.underWay) await Promise.race(underWay);
    await backlog.room(asked.inFlight);
    backlog.add(planned.n);
    // Green API delivers a chat's next message only after the last one was taken.
    const before = planned.channel === "green" ? lastOf.get(planned.peer) : undefined;
    const delivered = deliver(planned, before).finally(() => underWay.delete(delivered));
    if (planned.channel === "green") lastOf.set(planned.peer, delivered);
    underWay.add(delivered);
  }
  await Promise.all(underWay);
  stopping.abort();
  await backlog.watching;
  await close();
  log.end();
  await finished(log);
  isDone = true;
}

answerAsks({
  start: (input) => {
    generate(starting.parse(input)).catch((error: unknown) => {
      process.stderr.write(`generator: ${String(error)}\n`);
      process.exit(1);
    });
  },
  progress: () => ({ acknowledged, isDone }),
  pace: (input) => {
    ({ perSecond } = z.object({ perSecond: z.number() }).parse(input));
  },
  /** Ends the load before its plan does. */
  enough: () => {
    isEnough = true;
  },
  pause: () => {
    pause ??= Promise.withResolvers<void>();
  },
  resume: () => {
    pause?.resolve();
    pause = undefined;
  },
});
