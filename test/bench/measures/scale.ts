import type { Bench } from "../bench.ts";
import { addVerdicts } from "../check-replies.ts";
import { exchange } from "../exchange.ts";
import { measureLoad, type LoadFigures } from "../load.ts";
import { withSystem } from "../system.ts";
import { withRatios } from "../with-ratios.ts";
import type { RepliesFigures } from "./replies.ts";

/** What more workers bring, and what more conversations cost. */
export interface ScaleFigures {
  readonly workers: readonly (RepliesFigures & Ratio)[];
  readonly conversations: readonly (ConversationsFigures & Ratio)[];
}

interface Ratio {
  /** Of the steady rate to one worker's with the same provider, or to the fewest conversations'. */
  readonly ratio: number;
}

interface ConversationsFigures extends LoadFigures {
  readonly conversations: number;
  /** The steady rate while each conversation began; absent where they are too few to tell. */
  readonly firstPerSecond?: number;
}

const latencyMs = 0;
const leastFirst = 1000;

export async function measureScale(
  bench: Bench,
  replies: readonly RepliesFigures[],
): Promise<ScaleFigures> {
  const ofLatency = Map.groupBy(replies, (each) => each.latencyMs).values();
  const conversations: ConversationsFigures[] = [];
  for (const size of bench.flags.sizes) conversations.push(await measureOne(bench, size));
  return {
    workers: ofLatency.flatMap((rows) => withRatios(rows, ({ workers }) => workers)).toArray(),
    conversations: withRatios(conversations, (each) => each.conversations),
  };
}

/** First a message to begin each conversation, then messages to conversations that all exist. */
function measureOne(bench: Bench, conversations: number): Promise<ConversationsFigures> {
  const count = Math.round(bench.flags.seconds * 1000);
  return withSystem(bench, { workers: 1, latencyMs }, async (system) => {
    const warmUp = { from: 0, count: 300, conversations: 10, firstChat: conversations };
    await exchange({ system, latencyMs, messages: warmUp });
    const firsts = { from: warmUp.count, count: conversations, conversations };
    const first = await measureLoad(bench, { system, latencyMs, messages: firsts });
    const from = firsts.from + firsts.count;
    const messages = { from, count, conversations };
    const again = await measureLoad(bench, { system, latencyMs, messages });
    bench.say(`${conversations} conversations: ${again.perSecond} replies/s`);
    return {
      ...again,
      conversations,
      ...(conversations >= leastFirst && { firstPerSecond: first.steadyPerSecond }),
      verdict: addVerdicts(first.verdict, again.verdict),
    };
  });
}
