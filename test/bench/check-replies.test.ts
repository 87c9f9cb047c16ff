import { expect, test } from "vitest";
import { addVerdicts, checkReplies, isClean } from "./check-replies.ts";
import { chatOf } from "./messages.ts";

const messages = { from: 0, count: 4, conversations: 2 };
/** One after the other: each is answered before the next leaves. */
const posted = { sentAt: [10, 20, 30, 40], tookMs: [5, 5, 5, 5] };
const replyTo = (index: number) => ({
  chatId: chatOf(index, messages),
  text: `You wrote: m${index}`,
  at: index,
});

test("one reply to each message, in order, is clean", () => {
  const verdict = checkReplies([0, 1, 2, 3].map(replyTo), { messages, posted });

  expect(isClean(verdict)).toBe(true);
});

test("a lost, a doubled, a strange and a reordered reply are each counted", () => {
  const verdict = checkReplies([2, 0, 1, 1, 9].map(replyTo), { messages, posted });

  expect(verdict).toEqual({ lost: 1, doubled: 1, strange: 1, reordered: 1 });
});

test("messages that were under way at the same time have no order", () => {
  const together = { ...posted, tookMs: [25, 5, 5, 5] };

  const verdict = checkReplies([2, 0, 1, 3].map(replyTo), { messages, posted: together });

  expect(isClean(verdict)).toBe(true);
});

test("replies to what was posted beside are known, and theirs may not be missing", () => {
  const beside = { from: 10, count: 2, conversations: 1, firstChat: 2 };
  const toBeside = { ...replyTo(10), chatId: chatOf(10, beside) };

  const replies = [...[0, 1, 2, 3].map(replyTo), toBeside];
  const verdict = checkReplies(replies, { messages, posted }, { messages: beside, posted });

  expect(verdict).toEqual({ lost: 1, doubled: 0, strange: 0, reordered: 0 });
});

test("verdicts of several runs add up", () => {
  const one = { lost: 1, doubled: 2, strange: 0, reordered: 4 };

  expect(addVerdicts(one, one)).toEqual({ lost: 2, doubled: 4, strange: 0, reordered: 8 });
});
