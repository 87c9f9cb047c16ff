import { collectParts } from "#shared/providers/collect-parts.ts";
import { peerOf } from "#shared/domain/ids.ts";
import type { PeekedPart } from "#shared/providers/provider.ts";
import { normalize } from "./normalize.ts";
import { readWebhook } from "./wire.ts";

/** One body is one event, so that looking at it is reading it. */
export const peek = (body: unknown): readonly PeekedPart[] => {
  const account = readWebhook(body)?.instanceData?.idInstance;
  const result = normalize(body);
  const events = "events" in result ? result.events : [];
  const glimpses = events.map((event) => ({ account, peer: peerOf(event) }));
  return collectParts(glimpses.length === 0 ? [{ account, peer: undefined }] : glimpses);
};
