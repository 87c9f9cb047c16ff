import type { Provider } from "../../src/shared/providers/provider.ts";
import { createDraws, numbersOf } from "./draws.ts";
import { focuses, type Focus } from "./faults.ts";
import type { Schedule } from "./schedule.ts";

/** The world that a schedule's first numbers describe. */
export interface Shape {
  readonly evidence: Provider["evidence"];
  readonly receipts: "prompt" | "held back" | "none";
  readonly echoes: boolean;
  readonly bot: keyof typeof bots;
  readonly workers: number;
  readonly holdMs: number;
  readonly absentAfterMs: number;
  readonly reconcileEveryMs: number;
  readonly focus: Focus;
  readonly chats: number;
  /** Wakes are jobs side by side, whatever runs: as after the loss of Redis's data, all the time. */
  readonly jobsOverlap: boolean;
}

/** What the bots answer to "x". */
export const bots = {
  "one reply": ["re x"],
  "two replies": ["re x", "more x"],
  question: ["ask x"],
  deal: ["booked x"],
  burst: ["re x"],
} as const;

const { anything, turns, sends, claims, questions } = focuses;

export function readShape({ shape }: Pick<Schedule, "shape">): Shape {
  const { choose } = createDraws(numbersOf(shape));
  return {
    evidence: choose(["ask", "receipts", "ask", "receipts", "none"] as const),
    receipts: choose(["prompt", "prompt", "held back", "none"] as const),
    echoes: choose([false, false, true]),
    bot: choose(["one reply", "two replies", "question", "deal", "burst"] as const),
    workers: choose([2, 2, 3]),
    holdMs: choose([500, 500, 0, 2000]),
    absentAfterMs: choose([120_000, 20_000]),
    reconcileEveryMs: choose([60_000, 20_000, 60_000, 5000]),
    focus: choose<Focus>([anything, anything, turns, sends, claims, questions]),
    chats: choose([1, 1, 2, 3]),
    jobsOverlap: choose([false, false, true]),
  };
}

/** One message that a customer writes. */
export interface Written {
  readonly id: string;
  readonly chat: string;
  readonly text: string;
  /** Provider time and time of its first post, from the start. */
  readonly atMs: number;
  readonly postedAfterMs: number;
  /** Posted again so much later. */
  readonly copiesAfterMs: readonly number[];
  /** Travels in the same body as the one before. */
  readonly joinsLast: boolean;
}

const gapsMs = [100, 0, 30, 400, 900, 3000, 70_000];
/** In shares of the hold window. */
const delays = [0, 0, 0.4, 0.8, 0.95, 4];
const copyDelaysMs = [50, 0, 600, 2500, 30_000, 130_000];

/** What customers write, in the order of the provider's time. */
export function readMessages(
  { messages }: Pick<Schedule, "messages">,
  { chats, holdMs }: Pick<Shape, "chats" | "holdMs">,
): readonly Written[] {
  let atMs = 0;
  return messages.map((group, index) => {
    const { pick, choose } = createDraws(numbersOf(group));
    const chat = `chat${pick(chats)}`;
    atMs += choose(gapsMs);
    const postedAfterMs = Math.floor(choose(delays) * Math.max(holdMs, 500));
    const copies = choose([0, 0, 1, 2]);
    const copiesAfterMs = Array.from({ length: copies }, () => choose(copyDelaysMs));
    const joinsLast = pick(5) === 4;
    return {
      id: `m${index}`,
      chat,
      text: `x${index}`,
      atMs,
      postedAfterMs,
      copiesAfterMs,
      joinsLast,
    };
  });
}
