import { join } from "node:path";
import { z } from "zod";
import { percentile, round } from "../../../bench/percentiles.ts";
import { attemptSchema, runFiles, type Attempt } from "../ack-log.ts";
import { channelNames, numberOfReply } from "../messages.ts";
import { readLines } from "../read-lines.ts";

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** How the attempts that began within each span were answered. */
export async function readAccepts(
  folder: string,
  spans: readonly Span[],
): Promise<readonly Accepts[]> {
  const found: Attempt[][] = spans.map(() => []);
  for await (const attempt of readLines(join(folder, runFiles.acknowledgements), attemptSchema))
    for (const [index, span] of spans.entries())
      if (isWithin(attempt.postedAt, span)) found[index]?.push(attempt);
  return found.map(describeAccepts);
}

export interface Accepts {
  readonly posts: number;
  /** Refused, or no answer. */
  readonly not200: number;
  /** The connection broke. */
  readonly resets: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

function describeAccepts(attempts: readonly Attempt[]): Accepts {
  const times = attempts.map(({ postedAt, endedAt }) => endedAt - postedAt);
  return {
    posts: attempts.length,
    not200: attempts.filter(({ outcome }) => outcome !== "ok").length,
    resets: attempts.filter(({ fault }) => fault !== undefined && brokenCodes.has(fault)).length,
    ...describeTimes(times),
  };
}

const brokenCodes: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

const describeTimes = (times: readonly number[]) => ({
  p50Ms: round(percentile(times, 0.5)),
  p99Ms: round(percentile(times, 0.99)),
  maxMs: round(percentile(times, 1)),
});

/** One message from its first post to its first reply. */
export interface Passage {
  readonly n: number;
  readonly postedAt: number;
  readonly repliedAt: number | undefined;
}

export async function readPassages(folder: string): Promise<readonly Passage[]> {
  const repliedAt = new Map<number, number>();
  for (const channel of channelNames)
    for await (const { text, at } of readLines(join(folder, runFiles[channel]), replySchema)) {
      const n = numberOfReply(text);
      repliedAt.set(n, Math.min(Date.parse(at), repliedAt.get(n) ?? Infinity));
    }
  const postedAt = new Map<number, number>();
  for await (const each of readLines(join(folder, runFiles.acknowledgements), attemptSchema))
    postedAt.set(each.n, Math.min(each.postedAt, postedAt.get(each.n) ?? Infinity));
  return [...postedAt].map(([n, at]) => ({ n, postedAt: at, repliedAt: repliedAt.get(n) }));
}

const replySchema = z.object({ text: z.string(), at: z.string() });

export interface Replies {
  readonly messages: number;
  readonly repliedInSpan: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** How long those waited that were posted within the span, and how many replies came within it. */
export function describeReplies(passages: readonly Passage[], span: Span): Replies {
  const posted = passages.filter(({ postedAt }) => isWithin(postedAt, span));
  const times = posted.flatMap(({ postedAt, repliedAt }) =>
    repliedAt === undefined ? [] : [repliedAt - postedAt],
  );
  return {
    messages: posted.length,
    repliedInSpan: posted.filter(({ repliedAt = Infinity }) => isWithin(repliedAt, span)).length,
    ...describeTimes(times),
  };
}

/** How long after a moment the last reply came to what had been posted before it. */
export function drainedAfterMs(passages: readonly Passage[], moment: number): number {
  const waited = passages
    .filter(({ postedAt }) => postedAt < moment)
    .map(({ repliedAt = Infinity }) => repliedAt - moment);
  return waited.reduce((longest, each) => Math.max(longest, each), 0);
}

const isWithin = (time: number, { from, to }: Span): boolean => time >= from && time < to;
