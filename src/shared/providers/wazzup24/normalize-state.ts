import type { Event } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import type { WireChannelUpdate } from "./wire.ts";

/** The channel's state, in Wazzup's words. The QR code that comes along lets anybody in: left out. */
export const normalizeState = (update: WireChannelUpdate | null): Event =>
  compact({
    kind: "account_state",
    state: update?.state,
    channelId: update?.channelId,
    at: update?.timestamp,
  });

// https://wazzup24.com/help/api-en/working-with-channels/ ; `init` passes by itself.
const effects: ReadonlyMap<string, "pause" | "resume"> = new Map([
  ["active", "resume"],
  ["disabled", "pause"],
  ["phoneUnavailable", "pause"],
  ["qr", "pause"],
  ["openElsewhere", "pause"],
  ["notEnoughMoney", "pause"],
  ["foreignphone", "pause"],
  ["unauthorized", "pause"],
  ["waitForPassword", "pause"],
  ["onModeration", "pause"],
  ["rejected", "pause"],
  ["blocked", "pause"],
]);

export const accountEffect = (state: string): "pause" | "resume" | undefined => effects.get(state);

/** Refusals of a send that end when the channel is active again. */
export const stateCodes: readonly string[] = [
  "CHANNEL_BLOCKED",
  "CHANNEL_NO_MONEY",
  "CHANNEL_WAPI_REJECTED",
  "MESSAGE_CHANNEL_UNAVAILABLE",
];
