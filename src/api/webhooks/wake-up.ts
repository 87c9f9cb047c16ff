import type { Background } from "#api/background.ts";
import type { Config } from "#shared/config/env.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { statusesKey, type Webhook } from "#shared/models/webhooks.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Wake } from "#shared/queues/wake.ts";

export type WakeUp = (webhook: Webhook, channel: OpenChannel, provider: Provider) => void;

/** Calls the workers to a journaled webhook. No answer waits for it: the sweeper would find it too. */
export function createWakeUp(
  wake: Wake,
  background: Background,
  config: Pick<Config, "HOLD_MS">,
): WakeUp {
  return (webhook, channel, provider) => {
    const holdMs = channel.holdMs ?? config.HOLD_MS ?? provider.defaults.holdMs;
    for (const key of webhook.pending) {
      background.run("wake", () =>
        key === statusesKey(channel._id)
          ? wake("statuses", key)
          : wake("conversations", key, holdMs),
      );
    }
  };
}
