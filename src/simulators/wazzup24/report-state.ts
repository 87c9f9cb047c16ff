import type { WazzupParts } from "./parts.ts";

type Deps = Pick<WazzupParts, "config" | "switches" | "webhooks">;

/** Turning the switch `channelState` is told as a real change would be. */
export function reportStateChanges({ config, switches, webhooks }: Deps): void {
  let last = switches.now.channelState;
  switches.onChange(() => {
    const { channelState: state } = switches.now;
    if (state === last) return;
    last = state;
    const update = { channelId: config.channels[0]?.channelId, state, timestamp: config.now() };
    webhooks.pushLater("channelsUpdates", { channelsUpdates: [update] });
  });
}
