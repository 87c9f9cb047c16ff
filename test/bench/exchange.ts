import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { checkReplies, type Verdict } from "./check-replies.ts";
import { clock } from "./clock.ts";
import type { Helper } from "./helper.ts";
import type { Messages } from "./messages.ts";
import { buildMessages, postMessages } from "./post.ts";
import type { Posted } from "./posted.ts";
import { reply, type Reply } from "./reply.ts";
import type { System } from "./system.ts";

/** Messages that went in, and the replies that came out. */
export interface Exchange {
  readonly posted: Posted;
  readonly postedBeside?: Posted;
  readonly replies: readonly Reply[];
  readonly verdict: Verdict;
}

interface Beside {
  readonly driver: Helper;
  readonly messages: Messages;
  readonly perSecond: number;
}

export interface Exchanging {
  readonly system: System;
  readonly messages: Messages;
  readonly latencyMs: number;
  readonly perSecond?: number;
  /** Posted at the same time by a driver of its own. */
  readonly beside?: Beside;
  /** Right before the first post and right after the last reply. */
  readonly begin?: () => Promise<unknown>;
  readonly end?: () => Promise<unknown>;
}

const stuckMs = 30_000;
const lookEveryMs = 50;

/** Posts, waits for the replies, and makes sure that each message has exactly one. */
export async function exchange(asked: Exchanging): Promise<Exchange> {
  const { system, messages, latencyMs, perSecond, beside } = asked;
  const count = messages.count + (beside?.messages.count ?? 0);
  await system.provider.ask("reset", { latencyMs }, z.undefined());
  await buildMessages(system.driver, messages);
  if (beside !== undefined) await buildMessages(beside.driver, beside.messages);
  await asked.begin?.();
  const [posted, postedBeside] = await Promise.all([
    postMessages(system, perSecond),
    beside && postMessages({ ...system, driver: beside.driver }, beside.perSecond),
    waitForReplies(system, count),
  ]);
  await asked.end?.();
  await waitForIdle(system);
  const replies = await system.provider.ask("replies", {}, z.array(reply));
  const streams = [{ messages, posted }];
  if (beside && postedBeside) streams.push({ messages: beside.messages, posted: postedBeside });
  const verdict = checkReplies(replies, ...streams);
  return { posted, replies, verdict, ...(postedBeside && { postedBeside }) };
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
