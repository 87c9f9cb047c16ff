import type { Background } from "#simulators/background.ts";
import { createDeliverWebhook } from "#simulators/deliver-webhooks.ts";
import { createPostWebhook } from "#simulators/post-webhook.ts";
import type { WazzupConfig } from "./options.ts";
import type { WazzupSwitches } from "./switches.ts";

interface Deps {
  readonly config: WazzupConfig;
  readonly switches: WazzupSwitches;
  readonly background: Background;
}

export interface Subscription {
  readonly webhooksUri: string;
  readonly subscriptions: {
    readonly messagesAndStatuses: boolean;
    readonly contactsAndDealsCreation: boolean;
    readonly channelsUpdates: boolean;
    readonly templateStatus: boolean;
  };
}

export type PostWebhooks = ReturnType<typeof createPostWebhooks>;

/** The account's one address and what is posted there. */
export function createPostWebhooks({ config, switches, background }: Deps) {
  const { signal } = background;
  const client = createPostWebhook({ signal, timeoutMs: config.webhookTimeoutMs });
  const deliver = createDeliverWebhook({
    background,
    post: client.post,
    copies: () => switches.now.duplicateWebhooks,
    retryGapsMs: config.retryGapsMs,
  });
  let now: Subscription = {
    webhooksUri: config.webhookUrl,
    subscriptions: {
      messagesAndStatuses: true,
      contactsAndDealsCreation: false,
      channelsUpdates: true,
      templateStatus: false,
    },
  };
  // The dash in the charset is Wazzup's: https://wazzup24.com/help/webhooks/
  const headers = {
    "content-type": "application/json; charset-utf-8",
    ...(config.crmKey === "" ? {} : { authorization: `Bearer ${config.crmKey}` }),
  };

  /** Resolves with the first status; 0 when nobody listens or wants it. */
  const push = (kind: keyof Subscription["subscriptions"], body: object): Promise<number> => {
    const { webhooksUri: url, subscriptions } = now;
    if (url === "" || !subscriptions[kind]) return Promise.resolve(0);
    return deliver({ url, body: JSON.stringify(body), headers });
  };

  return {
    headers,
    get subscription(): Subscription {
      return now;
    },
    subscribe(wanted: Subscription): void {
      now = wanted;
    },
    pointAt(webhooksUri: string): void {
      now = { ...now, webhooksUri };
    },
    push,
    /** The same beside the answer. */
    pushLater: (kind: keyof Subscription["subscriptions"], body: object): void =>
      background.run(async () => {
        await push(kind, body);
      }),
    /** The test request: once, whatever comes. */
    test: (url: string): Promise<number> =>
      client.post({ url, body: JSON.stringify({ test: true }), headers }),
    close: () => client.close(),
  };
}
