import { expect, test } from "vitest";
import { checkReplies, isClean } from "./check-replies.ts";
import { chatOf } from "./messages.ts";

const messages = { from: 0, count: 4, conversations: 2 };
const replyTo = (index: number) => ({
  chatId: chatOf(index, messages.conversations),
  text: `You wrote: m${index}`,
  at: index,
});

test("one reply to each message, in order, is clean", () => {
  const verdict = checkReplies([0, 1, 2, 3].map(replyTo), messages);

  expect(isClean(verdict)).toBe(true);
});

test("a lost, a doubled, a strange and a reordered reply are each counted", () => {
  const verdict = checkReplies([2, 0, 1, 1, 9].map(replyTo), messages);

  expect(verdict).toEqual({ lost: 1, doubled: 1, strange: 1, reordered: 1 });
});
