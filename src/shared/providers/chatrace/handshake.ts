import type { Handshake } from "#shared/providers/provider.ts";

/** Chatrace asks nothing before it sends; people open the address to see whether it is there. */
export const answerHandshake = (): Handshake => ({
  status: 200,
  type: "json",
  body: JSON.stringify({ status: "ok", message: "Webhook endpoint is active" }),
});
