import { Agent, request } from "undici";
import { createRandom } from "../../../src/simulators/random.ts";
import type { Attempt } from "./ack-log.ts";
import type { Body } from "./messages.ts";

/** A webhook as its provider posts it. */
export interface Webhook {
  /** Who takes it in the place of our APIs. */
  readonly origin?: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Deps {
  readonly origins: readonly string[];
  readonly seed: number;
  readonly note: (attempt: Attempt) => void;
}

interface Answer {
  readonly status: number;
  readonly fault?: string;
}

/** As a load balancer: who asks its callers to leave is called only where no other is. */
const leaveMs = 1500;
const answerMs = 5000;
const connectMs = 1000;

/** One attempt at any API, or at the next one where nobody listens; every attempt is noted. */
export function createPost({ origins, seed, note }: Deps) {
  const random = createRandom(seed);
  const leavingUntil = new Map<string, number>();
  const dispatcher = new Agent({
    connections: 128,
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    connect: { timeout: connectMs },
  });
  const ask = async (origin: string, { path, body, headers }: Webhook): Promise<Answer> => {
    const answer = await request(origin + path, { dispatcher, method: "POST", body, headers });
    if (answer.headers["connection"] === "close") leavingUntil.set(origin, Date.now() + leaveMs);
    await answer.body.dump();
    return { status: answer.statusCode };
  };
  const isLeaving = (origin: string): boolean => (leavingUntil.get(origin) ?? 0) > Date.now();
  const askAny = async (webhook: Webhook): Promise<Answer> => {
    const first = Math.floor(random() * origins.length);
    const anyApi = [...origins.slice(first), ...origins.slice(0, first)];
    const inTurn = webhook.origin === undefined ? anyApi : [webhook.origin];
    const staying = inTurn.filter((origin) => !isLeaving(origin));
    for (const origin of [...staying, ...inTurn.filter(isLeaving)])
      try {
        return await ask(origin, webhook);
      } catch (error) {
        const fault = codeOf(error);
        if (fault !== "ECONNREFUSED") return { status: 0, fault };
      }
    return { status: 0, fault: "nobody there" };
  };
  return {
    /** Whether it was acknowledged. */
    post: async (messages: Body, webhook: Webhook, isCopy: boolean): Promise<boolean> => {
      const postedAt = Date.now();
      const answer = await askAny(webhook);
      const { status } = answer;
      const outcome = status === 200 ? "ok" : status === 0 ? "info" : "fail";
      const endedAt = Date.now();
      for (const { n, channel, peer, place, at } of messages)
        note({ n, channel, peer, place, at, postedAt, endedAt, outcome, isCopy, ...answer });
      return outcome === "ok";
    },
    close: () => dispatcher.close(),
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
