import { chatOf, indexOf, isOneOf, type Messages } from "./messages.ts";
import type { Posted } from "./posted.ts";
import type { Reply } from "./reply.ts";

/** What became of the messages; anything but zeros is a fault. */
export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  /** Replies to nothing that was posted, or in another chat. */
  readonly strange: number;
  /** Came after the reply to a message of the same conversation that was posted once this one was accepted. */
  readonly reordered: number;
}

/** Messages, and when each left and was answered. */
export interface Stream {
  readonly messages: Messages;
  readonly posted: Pick<Posted, "sentAt" | "tookMs">;
}

/** Holds the replies, in the order they came, against everything that was posted. */
export function checkReplies(replies: readonly Reply[], ...streams: readonly Stream[]): Verdict {
  const seen = new Map<number, number>();
  const lastSentAt = new Map<string, number>();
  let strange = 0;
  let reordered = 0;
  for (const { chatId, text } of replies) {
    const index = indexOf(text);
    const stream = streams.find(({ messages }) => isOneOf(messages, index));
    if (stream === undefined || chatId !== chatOf(index, stream.messages)) {
      strange += 1;
      continue;
    }
    const { sentAt, answeredAt } = timesOf(stream, index);
    const last = lastSentAt.get(chatId) ?? -Infinity;
    if (last >= answeredAt) reordered += 1;
    lastSentAt.set(chatId, Math.max(sentAt, last));
    seen.set(index, (seen.get(index) ?? 0) + 1);
  }
  const doubled = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
  const count = streams.reduce((sum, { messages }) => sum + messages.count, 0);
  return { lost: count - seen.size, doubled, strange, reordered };
}

function timesOf({ messages, posted }: Stream, index: number) {
  const sentAt = posted.sentAt[index - messages.from] ?? 0;
  return { sentAt, answeredAt: sentAt + (posted.tookMs[index - messages.from] ?? 0) };
}

export const isClean = ({ lost, doubled, strange, reordered }: Verdict): boolean =>
  lost + doubled + strange + reordered === 0;

/** Of several runs, as one. */
export const addVerdicts = (...all: readonly Verdict[]): Verdict => ({
  lost: all.reduce((sum, { lost }) => sum + lost, 0),
  doubled: all.reduce((sum, { doubled }) => sum + doubled, 0),
  strange: all.reduce((sum, { strange }) => sum + strange, 0),
  reordered: all.reduce((sum, { reordered }) => sum + reordered, 0),
});
