import type { Draws } from "./draws.ts";
import type { Taken } from "./ledger.ts";
import type { Posts } from "./posts.ts";
import { startAt } from "./scheduler.ts";
import type { Shape } from "./shape.ts";

/** Receipts that are held back come together, long after what they speak of. */
const heldBackUntil = startAt + 250_000;

/** What the provider tells of a message that it took, where it tells anything: its echo and its receipts, in no order. */
export function tellTaken(
  { posts, draws, shape }: { posts: Posts; draws: Draws; shape: Shape },
  { providerMessageId: id, to: chat, at, text, callback }: Taken,
): void {
  if (shape.evidence === "none") return;
  const post = (what: string, afterMs: number, body: Parameters<Posts["post"]>[0]["body"]): void =>
    posts.post({ body, afterMs, what: `${what} "${text}"` });
  if (shape.echoes)
    post("echo of", draws.choose([50, 0, 3000, 100_000]), { echoes: [{ id, chat, at, text }] });
  if (shape.receipts === "none") return;
  const waitMs = shape.receipts === "held back" ? Math.max(heldBackUntil - at, 0) : 0;
  const receipt = (status: string) => ({
    receipts: [{ id, status, ...(shape.evidence === "receipts" ? { callback } : {}) }],
  });
  post("sent", waitMs + 100, receipt("sent"));
  post("delivered", waitMs + draws.choose([200, 100, 5000]), receipt("delivered"));
  if (draws.pick(3) === 2) post("sent again", waitMs + 150, receipt("sent"));
}
