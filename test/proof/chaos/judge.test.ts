import { expect, test } from "vitest";
import type { Evidence, Recorded, Reply, Said } from "./evidence.ts";
import { isClean, judge } from "./judge.ts";
import { holdMsOf, textOf } from "./messages.ts";

const heldSend = { id: "held send", state: "held", sequence: 1 };
const saidAt = 1_000_000;

const said = (n: number, given: Partial<Said> = {}): Said => ({
  n,
  channel: "whatsapp",
  peer: "peer",
  at: n,
  firstPostedAt: saidAt + n * 10_000,
  acknowledgedAt: saidAt + n * 10_000 + 10,
  tookMs: 10,
  ...given,
});

const recorded = (n: number, given: Partial<Recorded> = {}): Recorded => ({
  turn: { state: "applied", isLate: false },
  sends: [{ id: `send ${n}`, state: "sent", sequence: n + 1 }],
  deals: n % 10 === 0 ? 1 : 0,
  ...given,
});

const reply = (n: number, peer = "peer"): Reply => ({
  channel: "whatsapp",
  peer,
  n,
  text: `You wrote: ${textOf(n)}`,
});

interface Given {
  readonly replies: readonly Reply[];
  readonly said?: readonly Said[];
  readonly recorded?: Readonly<Record<number, Recorded>>;
  readonly shown?: readonly string[];
  readonly accept?: "journal" | "queue";
}

/** Three messages of one chat, but for what is given. */
function evidenceOf(given: Given): Evidence {
  const messages = given.said ?? [0, 1, 2].map((n) => said(n));
  const records = messages.map(({ n }) => [n, given.recorded?.[n] ?? recorded(n)] as const);
  return {
    run: { accept: given.accept ?? "journal", messages: messages.length, holdMs: holdMsOf },
    attempts: { ok: 3, fail: 0, info: 0, copies: 0 },
    said: new Map(messages.map((message) => [message.n, message])),
    replies: stream(given.replies),
    recorded: new Map(records),
    shown: new Set(given.shown ?? []),
  };
}

async function* stream(replies: readonly Reply[]): AsyncGenerator<Reply> {
  yield* replies;
}

test("one reply to each acknowledged message, in order, is clean", async () => {
  const verdict = await judge(evidenceOf({ replies: [0, 1, 2].map((n) => reply(n)) }));

  expect(verdict).toMatchObject({ acknowledged: 3, answered: 3, examples: [] });
  expect(isClean(verdict)).toBe(true);
});

test("an acknowledged message without a reply is lost, whatever MongoDB says of its send", async () => {
  const verdict = await judge(evidenceOf({ replies: [0, 2].map((n) => reply(n)) }));

  expect(verdict).toMatchObject({ lost: 1, held: 0 });
  expect(isClean(verdict)).toBe(false);
});

test("what was never acknowledged cannot be lost", async () => {
  const { acknowledgedAt: _, tookMs: __, ...unheard } = said(1);

  const verdict = await judge(
    evidenceOf({ said: [said(0), unheard, said(2)], replies: [0, 2].map((n) => reply(n)) }),
  );

  expect(verdict).toMatchObject({ acknowledged: 2, lost: 0 });
});

test("a send that is held counts apart where an operator is shown it, and is lost where not", async () => {
  const given = {
    replies: [0, 2].map((n) => reply(n)),
    recorded: { 1: recorded(1, { sends: [heldSend] }) },
  };

  const shown = await judge(evidenceOf({ ...given, shown: [heldSend.id] }));
  const hidden = await judge(evidenceOf(given));

  expect(shown).toMatchObject({ lost: 0, held: 1 });
  expect(hidden).toMatchObject({ lost: 1, held: 0 });
});

test("what is still under way when a run is given up is unfinished, not lost, and not clean", async () => {
  const waiting = recorded(1, { sends: [], isWaiting: true });
  const queued = recorded(2, { sends: [{ id: "send 2", state: "queued", sequence: 3 }] });

  const verdict = await judge(
    evidenceOf({ replies: [reply(0)], recorded: { 1: waiting, 2: queued } }),
  );

  expect(verdict).toMatchObject({ lost: 0, unfinished: 2 });
  expect(isClean(verdict)).toBe(false);
});

test("a second reply to the same message is doubled", async () => {
  const verdict = await judge(evidenceOf({ replies: [0, 1, 1, 2].map((n) => reply(n)) }));

  expect(verdict).toMatchObject({ doubled: 1, lost: 0, reordered: 0 });
  expect(isClean(verdict)).toBe(false);
});

test("a turn without its deal and one with two of them are told", async () => {
  const replies = [0, 1, 2].map((n) => reply(n));

  const missing = await judge(evidenceOf({ replies, recorded: { 0: recorded(0, { deals: 0 }) } }));
  const twice = await judge(evidenceOf({ replies, recorded: { 0: recorded(0, { deals: 2 }) } }));

  expect(missing).toMatchObject({ dealsLost: 1, dealsDoubled: 0, lost: 0 });
  expect(twice).toMatchObject({ dealsLost: 0, dealsDoubled: 1, doubled: 0 });
  expect([isClean(missing), isClean(twice)]).toEqual([false, false]);
});

test("a reply in another chat, and one to nothing that was said, are strange", async () => {
  const replies = [reply(0), reply(1), reply(2, "somebody else"), reply(9)];

  const verdict = await judge(evidenceOf({ replies }));

  expect(verdict).toMatchObject({ strange: 2, lost: 1 });
});

test("replies that leave in another order than their messages are reordered", async () => {
  const verdict = await judge(evidenceOf({ replies: [0, 2, 1].map((n) => reply(n)) }));

  expect(verdict).toMatchObject({ reordered: 1, late: 0 });
  expect(isClean(verdict)).toBe(false);
});

const overtaken = { replies: [0, 2, 1].map((n) => reply(n)) };
const swapped = (given: Partial<Recorded>) => ({
  1: recorded(1, { sends: [{ id: "send 1", state: "sent", sequence: 3 }], ...given }),
  2: recorded(2, { sends: [{ id: "send 2", state: "sent", sequence: 2 }] }),
});
const isLate = { turn: { state: "applied", isLate: true } };
const tooLate = [said(0), said(1, { acknowledgedAt: saidAt + 20_600 }), said(2)];

test("a message that came after the hold window is late, and reordered where it is not marked", async () => {
  const marked = await judge(
    evidenceOf({ ...overtaken, said: tooLate, recorded: swapped(isLate) }),
  );
  const unmarked = await judge(evidenceOf({ ...overtaken, said: tooLate, recorded: swapped({}) }));

  expect(marked).toMatchObject({ reordered: 0, late: 1 });
  expect(unmarked).toMatchObject({ reordered: 1, late: 0 });
});

test("a message that was acknowledged within the window may not be late, but for the second way", async () => {
  const inTime = await judge(evidenceOf({ ...overtaken, recorded: swapped(isLate) }));
  const around = await judge(
    evidenceOf({ ...overtaken, recorded: swapped({ ...isLate, secondWay: true }) }),
  );
  const queued = await judge(
    evidenceOf({ ...overtaken, recorded: swapped(isLate), accept: "queue" }),
  );

  expect(inTime).toMatchObject({ reordered: 1, late: 0 });
  expect(around).toMatchObject({ reordered: 0, late: 1 });
  expect(queued).toMatchObject({ reordered: 0, late: 1 });
});

const oneSecond = (secondPostedAt: number): readonly Said[] => [
  said(0),
  said(1, { at: 1 }),
  said(2, { at: 1, firstPostedAt: secondPostedAt }),
];

test("of one second, what was acknowledged before the other was posted comes first", async () => {
  const acknowledgedAt = saidAt + 10_010;

  const after = await judge(
    evidenceOf({ ...overtaken, said: oneSecond(acknowledgedAt + 1), recorded: swapped({}) }),
  );
  const atOnce = await judge(
    evidenceOf({ ...overtaken, said: oneSecond(acknowledgedAt - 1), recorded: swapped({}) }),
  );

  expect(after).toMatchObject({ reordered: 1 });
  expect(atOnce).toMatchObject({ reordered: 0, late: 0 });
});
