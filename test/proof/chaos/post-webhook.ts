import { Agent, request } from "undici";
import { createRandom } from "../../../src/simulators/random.ts";
import type { Attempt } from "./ack-log.ts";
import type { Planned } from "./messages.ts";

/** A webhook as its provider posts it. */
export interface Webhook {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Deps {
  readonly origins: readonly string[];
  readonly seed: number;
  readonly note: (attempt: Attempt) => void;
}

const answerMs = 5000;
const connectMs = 1000;

/** One attempt at any API, or at the next one where nobody listens; every attempt is noted. */
export function createPost({ origins, seed, note }: Deps) {
  const random = createRandom(seed);
  const dispatcher = new Agent({
    connections: 128,
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    connect: { timeout: connectMs },
  });
  const ask = async (origin: string, { path, body, headers }: Webhook): Promise<number> => {
    const answer = await request(origin + path, { dispatcher, method: "POST", body, headers });
    await answer.body.dump();
    return answer.statusCode;
  };
  const askAny = async (webhook: Webhook): Promise<number> => {
    const first = Math.floor(random() * origins.length);
    const inTurn = [...origins.slice(first), ...origins.slice(0, first)];
    for (const origin of inTurn)
      try {
        return await ask(origin, webhook);
      } catch (error) {
        if (!isRefused(error)) return 0;
      }
    return 0;
  };
  return {
    /** Whether it was acknowledged. */
    post: async (planned: Planned, webhook: Webhook, isCopy: boolean): Promise<boolean> => {
      const { n, channel, peer, place, at } = planned;
      const postedAt = Date.now();
      const status = await askAny(webhook);
      const outcome = status === 200 ? "ok" : status === 0 ? "info" : "fail";
      const endedAt = Date.now();
      note({ n, channel, peer, place, at, postedAt, endedAt, outcome, status, isCopy });
      return outcome === "ok";
    },
    close: () => dispatcher.close(),
  };
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
