import type { Delivery } from "#api/webhooks/delivery.ts";
import type { Looked } from "#shared/accept/look.ts";
import { showsContent, type Config } from "#shared/config/env.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Log } from "#shared/runtime/log.ts";

export type TellReceived = (provider: Provider, delivery: Delivery, looked: Looked) => void;

/** Says the documented words for a webhook that was stored, where its provider has them. */
export const createTellReceived = (config: Config, log: Log): TellReceived => {
  const showContent = showsContent(config);
  return ({ words }, { id, arrivedAt: at }, { body }) => {
    if (words?.received === undefined) return;
    log.info(
      { event: "webhook.received", webhookId: id },
      words.received({ at, body, showContent }),
    );
  };
};
