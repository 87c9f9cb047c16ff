import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { checkReplies, type Verdict } from "./check-replies.ts";
import { clock } from "./clock.ts";
import { buildMessages, postMessages, type Messages } from "./post.ts";
import type { Posted } from "./posted.ts";
import { reply, type Reply } from "./reply.ts";
import type { System } from "./system.ts";

/** Messages that went in, and the replies that came out. */
export interface Exchange {
  readonly posted: Posted;
  readonly replies: readonly Reply[];
  readonly verdict: Verdict;
}

export interface Exchanging {
  readonly system: System;
  readonly messages: Messages;
  readonly latencyMs: number;
  readonly perSecond?: number;
  /** Right before the first post and right after the last reply. */
  readonly begin?: () => Promise<unknown>;
  readonly end?: () => Promise<unknown>;
}

const stuckMs = 30_000;
const lookEveryMs = 50;

/** Posts, waits for the replies, and makes sure that each message has exactly one. */
export async function exchange(asked: Exchanging): Promise<Exchange> {
  const { system, messages, latencyMs, perSecond } = asked;
  await system.provider.ask("reset", { latencyMs }, z.undefined());
  await buildMessages(system.driver, messages);
  await asked.begin?.();
  const posting = postMessages(system, perSecond);
  const answered = await Promise.all([posting, waitForReplies(system, messages.count)]);
  await asked.end?.();
  await waitForIdle(system);
  const replies = await system.provider.ask("replies", {}, z.array(reply));
  return { posted: answered[0], replies, verdict: checkReplies(replies, messages) };
}

/** Until all are there, or none came for so long that none will. */
async function waitForReplies({ provider }: System, count: number): Promise<void> {
  let seen = -1;
  let movedAt = clock();
  while (seen < count && clock() - movedAt < stuckMs) {
    const now = await provider.ask("count", {}, z.number());
    if (now > seen) movedAt = clock();
    seen = now;
    await wait(lookEveryMs);
  }
}

/** No open journal entry and no open send: whatever could still be doubled would be here. */
async function waitForIdle({ database }: System): Promise<void> {
  const until = clock() + stuckMs;
  const isOpen = async (): Promise<boolean> => {
    const sends = await database.collection("outgoing").countDocuments({ open: { $exists: true } });
    const entries = await database
      .collection("webhooks")
      .countDocuments({ sweepAt: { $exists: true } });
    return sends + entries > 0;
  };
  while ((await isOpen()) && clock() < until) await wait(100);
}
