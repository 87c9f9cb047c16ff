import { peerOf } from "#shared/domain/ids.ts";
import { collectParts } from "#shared/providers/collect-parts.ts";
import type { PeekedPart } from "#shared/providers/provider.ts";
import { normalize } from "./normalize.ts";

/** Bodies are small: looking at one is reading it. */
export const peek = (body: unknown): readonly PeekedPart[] => {
  const result = normalize(body);
  const events = "events" in result ? result.events : [];
  return collectParts(events.map((event) => ({ account: event.channelId, peer: peerOf(event) })));
};
