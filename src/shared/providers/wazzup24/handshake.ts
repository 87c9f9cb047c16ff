import type { Handshake } from "#shared/providers/provider.ts";

/** Wazzup tests an address by a POST; people open it to see whether it is there. */
export const answerHandshake = (): Handshake => ({
  status: 200,
  type: "json",
  body: JSON.stringify({ status: "ok", message: "Webhook endpoint is available" }),
});
