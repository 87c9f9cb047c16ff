import { peerOf } from "#shared/domain/ids.ts";
import { collectParts } from "#shared/providers/collect-parts.ts";
import type { Headers, PeekedPart } from "#shared/providers/provider.ts";
import { normalize } from "./normalize.ts";

/** Bodies are small and of any form: looking at one is reading it. */
export const peek = (body: unknown, headers: Headers): readonly PeekedPart[] => {
  const result = normalize(body, headers);
  const events = "events" in result ? result.events : [];
  return collectParts(events.map((event) => ({ account: event.channelId, peer: peerOf(event) })));
};
