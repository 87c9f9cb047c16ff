import fc from "fast-check";
import { expect, test } from "vitest";
import { dueTimers, inOrder, type Candidate } from "#workers/conversation/next-message.ts";
import { buildCandidate, buildConversation, noon } from "#workers/conversation/test-turns.ts";

const at = (seconds: number): string => new Date(noon + seconds * 1000).toISOString();

const namesOf = (candidates: readonly Candidate[]): readonly string[] =>
  inOrder(candidates).map(({ id }) => id.slice("channel|message|".length));

test("messages go by provider time, then by arrival, then by place in the body", () => {
  const candidates = [
    buildCandidate({ messageId: "d", at: at(2) }, { _id: "01" }),
    buildCandidate({ messageId: "c", at: at(1) }, { _id: "03" }),
    buildCandidate({ messageId: "b", at: at(1) }, { _id: "02" }, 1),
    buildCandidate({ messageId: "a", at: at(1) }, { _id: "02" }, 0),
  ];

  expect(namesOf(candidates)).toEqual(["a", "b", "c", "d"]);
});

test("a message without the provider's time goes by its arrival", () => {
  const candidates = [
    buildCandidate({ messageId: "c", at: at(10) }),
    buildCandidate(
      { messageId: "b", at: "no time" },
      { _id: "02", arrivedAt: new Date(noon + 5000) },
    ),
    buildCandidate({ messageId: "a", at: at(1) }),
  ];

  expect(namesOf(candidates)).toEqual(["a", "b", "c"]);
});

test("a due timer takes its place among the messages by its time", () => {
  const timers = [
    { id: "due", kind: "question_timeout", at: at(5) },
    { id: "later", kind: "handback", at: at(100) },
  ] as const;
  const due = dueTimers(buildConversation({ timers }), noon + 10_000);
  const around = [
    buildCandidate({ messageId: "b", at: at(6) }),
    buildCandidate({ messageId: "a", at: at(4) }),
  ];

  expect(inOrder([...around, ...due]).map(({ id }) => id)).toEqual([
    "channel|message|a",
    "conversation|timer|due",
    "channel|message|b",
  ]);
});

test("an edit, a deletion and an echo are no repetitions of the message that they speak of", () => {
  const ids = [
    buildCandidate(),
    buildCandidate({ type: "edit" }),
    buildCandidate({ type: "edit", at: at(5) }),
    buildCandidate({ type: "delete" }),
    buildCandidate({ direction: "out", origin: "phone" }),
    buildCandidate({ direction: "out", origin: "api" }),
  ].map(({ id }) => id);

  expect(new Set(ids).size).toBe(ids.length);
});

/** No two stand in the same place of the same body. */
const candidates = fc
  .uniqueArray(
    fc.record({
      messageId: fc.integer({ min: 0, max: 9 }).map(String),
      seconds: fc.integer({ min: 0, max: 5 }),
      entry: fc.integer({ min: 0, max: 9 }).map(String),
      place: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 30, selector: ({ entry, place }) => `${entry} ${place}` },
  )
  .map((drawn) =>
    drawn.map(({ messageId, seconds, entry, place }) =>
      buildCandidate({ messageId, at: at(seconds) }, { _id: entry }, place),
    ),
  );

const keyOf = ({ id, sentAt, place, webhook }: Candidate): string =>
  [id, sentAt, webhook?._id, place].join(" ");

test("the order does not depend on the order in which they were read", () => {
  const shuffled = candidates.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );

  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      expect(inOrder(other).map(keyOf)).toEqual(inOrder(all).map(keyOf));
    }),
  );
});

test("every message has one turn, and it is that of its first appearance", () => {
  fc.assert(
    fc.property(candidates, (all) => {
      const order = inOrder(all);

      expect(order.map(({ id }) => id).toSorted()).toEqual(
        [...new Set(all.map(({ id }) => id))].toSorted(),
      );
      for (const { id, sentAt } of order)
        expect(sentAt).toBe(
          Math.min(...all.filter((each) => each.id === id).map((each) => each.sentAt)),
        );
    }),
  );
});
