import { indexOf, isOneOf, type Messages } from "./messages.ts";
import type { Posted } from "./posted.ts";
import type { Reply } from "./reply.ts";

/** Milliseconds from the post of each of these messages until the provider had its reply. */
export const replyTimes = (
  replies: readonly Reply[],
  messages: Messages,
  posted: Posted,
): readonly number[] =>
  replies
    .map(({ text, at }) => ({ index: indexOf(text), at }))
    .filter(({ index }) => isOneOf(messages, index))
    .map(({ index, at }) => at - (posted.sentAt[index - messages.from] ?? at));
