import type { Bench } from "../bench.ts";
import { addVerdicts, type Verdict } from "../check-replies.ts";
import { exchange } from "../exchange.ts";
import { startHelper, type Helper } from "../helper.ts";
import type { Messages } from "../messages.ts";
import { median, percentile, round } from "../percentiles.ts";
import { replyTimes } from "../reply-times.ts";
import { withSystem, type System } from "../system.ts";

/** What one conversation that is flooded costs its neighbours: post to reply, medians over the rounds. */
export interface HotFigures {
  readonly rounds: number;
  readonly coldPerSecond: number;
  readonly hotPerSecond: number;
  /** The cold conversations with nothing beside them. */
  readonly idle: Times;
  readonly beside: Times;
  /** The flooded conversation itself. */
  readonly hot: Times;
  /** Of the cold conversations' p99. */
  readonly ratio: number;
  readonly verdict: Verdict;
}

interface Times {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const coldPerSecond = 50;
const latencyMs = 0;

export function measureHot(bench: Bench): Promise<HotFigures> {
  const { seconds, conversations, flood: hotPerSecond, isQuick } = bench.flags;
  const cold = { count: Math.round(seconds * coldPerSecond), conversations };
  const hot = { count: seconds * hotPerSecond, conversations: 1, firstChat: conversations };
  const rounds = isQuick ? 1 : 3;
  return withSystem(bench, { workers: 1, latencyMs }, async (system) => {
    const driver = startHelper(new URL("../driver-process.ts", import.meta.url));
    const warmUp = { from: 0, count: conversations, conversations };
    await exchange({ system, latencyMs, messages: warmUp });
    const seen: Round[] = [];
    for (let pass = 0; pass < rounds; pass += 1) {
      const from = warmUp.count + pass * (cold.count * 2 + hot.count);
      const ofIdle = { ...cold, from };
      const ofBeside = { ...cold, from: from + cold.count };
      const ofHot = { ...hot, from: from + cold.count * 2 };
      seen.push(await measureRound({ system, driver, ofIdle, ofBeside, ofHot, hotPerSecond }));
    }
    await driver.stop();
    const idle = timesOf(seen.map((each) => each.idle));
    const beside = timesOf(seen.map((each) => each.beside));
    return {
      rounds,
      coldPerSecond,
      hotPerSecond,
      idle,
      beside,
      hot: timesOf(seen.map((each) => each.hot)),
      ratio: round(beside.p99Ms / idle.p99Ms, 2),
      verdict: addVerdicts(...seen.flatMap(({ verdicts }) => verdicts)),
    };
  });
}

interface Round {
  readonly idle: readonly number[];
  readonly beside: readonly number[];
  readonly hot: readonly number[];
  readonly verdicts: readonly Verdict[];
}

interface RoundOptions {
  readonly system: System;
  /** Of the flood. */
  readonly driver: Helper;
  readonly ofIdle: Messages;
  readonly ofBeside: Messages;
  readonly ofHot: Messages;
  readonly hotPerSecond: number;
}

/** The same steady load twice: alone, then with the flood beside it. */
async function measureRound(options: RoundOptions): Promise<Round> {
  const { system, driver, ofIdle, ofBeside, ofHot, hotPerSecond } = options;
  const steady = { system, latencyMs, perSecond: coldPerSecond };
  const alone = await exchange({ ...steady, messages: ofIdle });
  const flood = { driver, messages: ofHot, perSecond: hotPerSecond };
  const both = await exchange({ ...steady, messages: ofBeside, beside: flood });
  return {
    idle: replyTimes(alone.replies, ofIdle, alone.posted),
    beside: replyTimes(both.replies, ofBeside, both.posted),
    hot: both.postedBeside ? replyTimes(both.replies, ofHot, both.postedBeside) : [],
    verdicts: [alone.verdict, both.verdict],
  };
}

const timesOf = (rounds: readonly (readonly number[])[]): Times => ({
  p50Ms: round(median(rounds.map((times) => percentile(times, 0.5))), 1),
  p99Ms: round(median(rounds.map((times) => percentile(times, 0.99))), 1),
});
