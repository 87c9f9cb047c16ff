import type { Background } from "#simulators/background.ts";
import { createDeliverWebhook } from "#simulators/deliver-webhooks.ts";
import { createPostWebhook } from "#simulators/post-webhook.ts";
import type { WhatsappSettings } from "./options.ts";
import { encodeLikeMeta, signBody } from "./sign.ts";
import type { WhatsappSwitches } from "./switches.ts";
import { webhookEnvelope, type Change } from "./webhook-body.ts";

interface Deps {
  readonly settings: WhatsappSettings;
  readonly switches: WhatsappSwitches;
  readonly background: Background;
}

/** Posts changes as signed webhooks to the place that `pointAt` named last; 0 when there is none. */
export function createPostChanges({ settings, switches, background }: Deps) {
  const { appSecret, wabaId, retryGapsMs, webhookTimeoutMs } = settings;
  const client = createPostWebhook({ signal: background.signal, timeoutMs: webhookTimeoutMs });
  const deliver = createDeliverWebhook({
    background,
    post: client.post,
    copies: () => switches.now.duplicateWebhooks,
    retryGapsMs,
  });
  let url = settings.webhookUrl;

  return {
    postChanges: async (changes: readonly Change[]): Promise<number> => {
      if (url === undefined) return 0;
      const body = encodeLikeMeta(webhookEnvelope(wabaId, changes));
      return deliver({ url, body, headers: { "x-hub-signature-256": signBody(appSecret, body) } });
    },
    pointAt(newUrl: string): void {
      url = newUrl;
    },
    close: () => client.close(),
  };
}
