import type { Background } from "./background.ts";
import type { PostWebhook, WebhookPost } from "./post-webhook.ts";

interface Deps {
  readonly background: Background;
  readonly post: PostWebhook;
  readonly copies: () => number;
  /** Gaps between the attempts; the last failure after them gives up. */
  readonly retryGapsMs: readonly number[];
}

/** Delivers a webhook as often as Meta does: until 200, with growing gaps; resolves at the first status. */
export type DeliverWebhook = (webhook: WebhookPost) => Promise<number>;

export function createDeliverWebhook(deps: Deps): DeliverWebhook {
  return async (webhook) => {
    const copies = Array.from({ length: deps.copies() }, () => deliverCopy(deps, webhook));
    const [first = 0] = await Promise.all(copies);
    return first;
  };
}

async function deliverCopy(deps: Deps, webhook: WebhookPost): Promise<number> {
  const status = await deps.post(webhook);
  if (status !== 200) deps.background.run(() => retry(deps, webhook));
  return status;
}

async function retry(deps: Deps, webhook: WebhookPost): Promise<void> {
  for (const gapMs of deps.retryGapsMs) {
    const goesOn = await deps.background.delay(gapMs);
    if (!goesOn) return;
    if ((await deps.post(webhook)) === 200) return;
  }
}
