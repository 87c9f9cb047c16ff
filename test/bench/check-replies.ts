import { chatOf, indexOf } from "./messages.ts";
import type { Messages } from "./post.ts";
import type { Reply } from "./reply.ts";

/** What became of the messages; anything but zeros is a fault. */
export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  /** Replies to nothing that was posted, or in another chat. */
  readonly strange: number;
  /** Came after the reply to a younger message of the same conversation. */
  readonly reordered: number;
}

/** Holds the replies, in the order they came, against what was posted. */
export function checkReplies(replies: readonly Reply[], messages: Messages): Verdict {
  const { from, count, conversations } = messages;
  const seen = new Map<number, number>();
  const youngest = new Map<string, number>();
  let strange = 0;
  let reordered = 0;
  for (const { chatId, text } of replies) {
    const index = indexOf(text);
    const isOurs = index >= from && index < from + count && chatId === chatOf(index, conversations);
    if (!isOurs) {
      strange += 1;
      continue;
    }
    if (index < (youngest.get(chatId) ?? 0)) reordered += 1;
    youngest.set(chatId, Math.max(index, youngest.get(chatId) ?? 0));
    seen.set(index, (seen.get(index) ?? 0) + 1);
  }
  const doubled = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
  return { lost: count - seen.size, doubled, strange, reordered };
}

export const isClean = ({ lost, doubled, strange, reordered }: Verdict): boolean =>
  lost + doubled + strange + reordered === 0;
