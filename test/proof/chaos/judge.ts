import type { Evidence, Recorded, Reply, Said } from "./evidence.ts";
import { opensDeal } from "./flow.ts";
import { judgeOrder, type OrderOf } from "./judge-order.ts";

/** What became of the acknowledged messages. Zero lost, doubled, strange, hidden and reordered is a proof. */
export interface Verdict {
  readonly acknowledged: number;
  readonly answered: number;
  /** No reply, nothing under way, and no operator would know. */
  readonly lost: number;
  /** No reply yet: its journal entry or its send is still open, in a run that never came to rest. */
  readonly unfinished: number;
  readonly doubled: number;
  /** Replies to nothing that was said, or in another chat. */
  readonly strange: number;
  readonly reordered: number;
  /** Handled after a younger message, because it came too late or took the second way; marked so. */
  readonly late: number;
  readonly secondWay: number;
  /** The outcome of its send stayed unknown: held, and shown to an operator; it never arrived. */
  readonly held: number;
  /** The same, although it did arrive. */
  readonly heldArrived: number;
  /** A turn was done and its deal is missing, or is there twice. */
  readonly dealsLost: number;
  readonly dealsDoubled: number;
  /** The first few of what is wrong, for people. */
  readonly examples: readonly string[];
}

const mostExamples = 20;

/** Holds what the providers took and what MongoDB has against what was acknowledged. */
export async function judge(evidence: Evidence): Promise<Verdict> {
  const { said, recorded, shown } = evidence;
  const examples: string[] = [];
  const complain = (what: string): void => {
    if (examples.length < mostExamples) examples.push(what);
  };
  const { counts, chats, strange, doubled } = await countReplies(evidence, complain);
  let acknowledged = 0;
  let lost = 0;
  let unfinished = 0;
  let held = 0;
  let heldArrived = 0;
  for (const message of said.values()) {
    if (message.acknowledgedAt === undefined) continue;
    acknowledged += 1;
    const isAnswered = counts.has(message.n);
    const isHeld = isHeldAndShown(recorded.get(message.n), shown);
    if (isAnswered && isHeld) heldArrived += 1;
    else if (!isAnswered && isHeld) held += 1;
    else if (!isAnswered && isUnderWay(recorded.get(message.n))) unfinished += 1;
    else if (!isAnswered) {
      lost += 1;
      complain(`lost: m${message.n} of ${message.peer}: ${describe(recorded.get(message.n))}`);
    }
  }
  const orders = [...chats.values()].map((replies) => judgeOrder(evidence, replies, complain));
  const sum = (of: keyof OrderOf): number => orders.reduce((total, each) => total + each[of], 0);
  return {
    acknowledged,
    answered: counts.size,
    lost,
    unfinished,
    doubled,
    strange,
    reordered: sum("reordered"),
    late: sum("late"),
    secondWay: [...recorded.values()].filter((each) => each.secondWay === true).length,
    held,
    heldArrived,
    ...countDeals(recorded, complain),
    examples,
  };
}

function countDeals(recorded: Evidence["recorded"], complain: (what: string) => void) {
  let dealsLost = 0;
  let dealsDoubled = 0;
  for (const [n, { turn, deals }] of recorded) {
    const wanted = turn?.state === "applied" && opensDeal(n) ? 1 : 0;
    if (deals !== wanted) complain(`m${n} has ${deals} deals in place of ${wanted}`);
    dealsLost += Math.max(0, wanted - deals);
    dealsDoubled += Math.max(0, deals - wanted);
  }
  return { dealsLost, dealsDoubled };
}

async function countReplies({ replies, said }: Evidence, complain: (what: string) => void) {
  const counts = new Map<number, number>();
  /** Each chat's messages in the order of their first replies. */
  const chats = new Map<string, Said[]>();
  let strange = 0;
  let doubled = 0;
  for await (const reply of replies) {
    const message = said.get(reply.n);
    if (message === undefined || !isOfItsChat(reply, message)) {
      strange += 1;
      complain(`strange: ${reply.channel} ${reply.peer} got "${reply.text}"`);
      continue;
    }
    const before = counts.get(reply.n) ?? 0;
    counts.set(reply.n, before + 1);
    if (before > 0) {
      doubled += 1;
      complain(`doubled: m${reply.n} of ${reply.peer}`);
      continue;
    }
    const key = `${reply.channel}|${reply.peer}`;
    const chat = chats.get(key) ?? [];
    chat.push(message);
    chats.set(key, chat);
  }
  return { counts, chats, strange, doubled };
}

const isOfItsChat = (reply: Reply, { channel, peer }: Said): boolean =>
  reply.channel === channel && reply.peer === peer;

const isHeldAndShown = (recorded: Recorded | undefined, shown: ReadonlySet<string>): boolean =>
  recorded?.sends.some(({ id, state }) => state === "held" && shown.has(id)) === true;

const openStates: ReadonlySet<string> = new Set(["queued", "sending", "unknown"]);

const isUnderWay = (recorded: Recorded | undefined): boolean =>
  recorded?.isWaiting === true ||
  recorded?.sends.some(({ state }) => openStates.has(state)) === true;

function describe(recorded: Recorded | undefined): string {
  if (recorded === undefined) return "MongoDB has neither a turn nor a send";
  const turn = recorded.turn === undefined ? "no turn" : `turn ${recorded.turn.state}`;
  const sends = recorded.sends.map(({ id, state }) => `send ${id} ${state}`);
  return [turn, ...(sends.length === 0 ? ["no send"] : sends)].join(", ");
}

/** Whether it keeps the promises. */
export const isClean = (verdict: Verdict): boolean => {
  const { lost, unfinished, doubled, strange, reordered, dealsLost, dealsDoubled } = verdict;
  return lost + unfinished + doubled + strange + reordered + dealsLost + dealsDoubled === 0;
};
