import { matchesAny } from "#shared/providers/compare-secret.ts";
import type { Handshake } from "#shared/providers/provider.ts";

type Query = Readonly<Record<string, string>>;

/** Meta's check of a new address: the challenge comes back as it is, as plain text. */
export const answerHandshake = (query: Query, verifyTokens: readonly string[]): Handshake => {
  const challenge = query["hub.challenge"];
  const isMeta = query["hub.mode"] === "subscribe" && challenge !== undefined;
  const isKnown = matchesAny([query["hub.verify_token"] ?? ""], verifyTokens);
  if (!isMeta || !isKnown) return { status: 403, type: "text", body: "Forbidden" };
  return { status: 200, type: "text", body: challenge };
};
