import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { answerAsks } from "../../bench/answer-asks.ts";
import { watchInFlight } from "./in-flight.ts";
import { gatherBodies, isInOrder, planMessages, type Body } from "./messages.ts";
import { createPost, type Webhook } from "./post-webhook.ts";
import { writeWebhook } from "./write-webhook.ts";

/** Plays the providers' webhooks, and notes each attempt as it goes. */
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
  crmKey: z.string(),
  chatraceSecret: z.string(),
  listAt: z.string(),
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

  const insist = async (body: Body, webhook: Webhook): Promise<void> => {
    while (!(await post(body, webhook, false))) await wait(repeatAfterMs);
    acknowledged += body.length;
  };
  const deliver = async (body: Body, before: Promise<void> | undefined): Promise<void> => {
    const webhook = writeWebhook(body, asked);
    await before;
    await wait(Math.max(...body.map(({ lateMs }) => lateMs)));
    const copy = body.map((each) => each.copy).find((each) => each !== undefined);
    const first = insist(body, webhook);
    const others = Array.from({ length: asked.atOnce - 1 }, () => post(body, webhook, true));
    await Promise.all(others);
    if (copy === undefined) return first;
    if (copy.afterMs > 0) await first.then(() => wait(copy.afterMs));
    await post(body, webhook, true);
    await first;
  };

  const lastOf = new Map<string, Promise<void>>();
  const underWay = new Set<Promise<void>>();
  perSecond = asked.perSecond;
  let dueAt = performance.now();
  for (const body of gatherBodies(planMessages(asked.plan))) {
    // A busy machine's moment is made up for, what an outage held up is not.
    dueAt = Math.max(dueAt + (body.length * 1000) / perSecond, performance.now() - arrearsMs);
    const early = dueAt - performance.now();
    if (early > 0) await wait(early);
    await pause?.promise;
    if (isEnough) break;
    while (underWay.size >= asked.underWay) await Promise.race(underWay);
    await backlog.room(asked.inFlight);
    for (const { n } of body) backlog.add(n);
    const [first] = body;
    const before = isInOrder(first) ? lastOf.get(first.peer) : undefined;
    const delivered = deliver(body, before).finally(() => underWay.delete(delivered));
    if (isInOrder(first)) lastOf.set(first.peer, delivered);
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
