import type { BodyMessage } from "./bodies.ts";
import type { History } from "./history.ts";
import type { Posts } from "./posts.ts";
import { startAt } from "./scheduler.ts";
import type { Written } from "./shape.ts";

/** What customers write, as bodies with their copies on their way to us. */
export function writeMessages(posts: Posts, history: History, written: readonly Written[]): void {
  for (const { messages, postedAtMs, copiesAfterMs } of bodiesOf(written))
    for (const delayMs of [0, ...copiesAfterMs])
      posts.post({
        body: { messages },
        afterMs: postedAtMs + delayMs,
        what: messages.map(({ text, chat }) => `"${text}" of ${chat}`).join(", "),
        onAccepted: () => {
          for (const { id } of messages) history.acknowledged.add(id);
        },
      });
}

interface Sent {
  readonly messages: BodyMessage[];
  readonly postedAtMs: number;
  readonly copiesAfterMs: readonly number[];
}

function bodiesOf(written: readonly Written[]): readonly Sent[] {
  const bodies: Sent[] = [];
  for (const { id, chat, text, atMs, postedAfterMs, copiesAfterMs, joinsLast } of written) {
    const message = { id, chat, text, at: startAt + atMs };
    const last = bodies.at(-1);
    if (joinsLast && last !== undefined) last.messages.push(message);
    else bodies.push({ postedAtMs: atMs + postedAfterMs, copiesAfterMs, messages: [message] });
  }
  return bodies;
}
