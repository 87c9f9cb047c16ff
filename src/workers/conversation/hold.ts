import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { DrainSettings } from "#workers/conversation/ports.ts";

/** How long an inbound message waits for older ones: the channel's word, ours, the provider's usual. */
export const holdMsOf = (
  { holdMs, leastHoldMs }: Pick<DrainSettings, "holdMs" | "leastHoldMs">,
  channel: Pick<OpenChannel, "holdMs">,
  { defaults }: Pick<Provider, "defaults">,
): number => Math.max(channel.holdMs ?? holdMs ?? defaults.holdMs, leastHoldMs);
