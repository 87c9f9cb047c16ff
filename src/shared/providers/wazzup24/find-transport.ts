import { LRUCache } from "lru-cache";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { Caller } from "./ask.ts";
import { findChannel } from "./channels.ts";

/** A channel is connected one way for as long as it lives. */
const known = new LRUCache<string, string>({ max: 1000 });

/** How the channel is connected, or why nobody says: then surely nothing was sent. */
export const findTransport = async (
  caller: Caller,
): Promise<{ readonly transport: string } | { readonly refused: SendOutcome }> => {
  const { apiUrl, externalId } = caller.account;
  const key = `${apiUrl}|${externalId}`;
  const cached = known.get(key);
  if (cached !== undefined) return { transport: cached };
  const found = await findChannel(caller);
  if ("refused" in found) return { refused: asUnsent(found.refused) };
  const transport = found.channel.transport ?? "whatsapp";
  known.set(key, transport);
  return { transport };
};

const asUnsent = (outcome: SendOutcome): SendOutcome =>
  outcome.kind === "unknown" ? { kind: "unreached", reason: outcome.reason } : outcome;
