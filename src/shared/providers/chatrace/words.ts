import type { Words } from "#shared/providers/provider.ts";

const line = "═".repeat(55);
const hidden = "(hidden: LOG_CONTENT=full shows it)";

/** The lines of the log that the users' own document shows. */
export const words: Words = {
  ready: "Instagram Service initialized (CHATRACE API)",
  polling: "Starting Instagram message polling",
  received: ({ at, body, showContent }) =>
    [
      "",
      line,
      "📨 Received webhook from Instagram/Chatrace",
      `📅 Time: ${at.toISOString()}`,
      `📦 Body type: ${typeof body}`,
      `📦 Body keys: ${keysOf(body).join(", ")}`,
      `📦 Full body: ${showContent ? JSON.stringify(body) : hidden}`,
      line,
    ].join("\n"),
  applied: ({ messageId, peer, text, name, showContent }) =>
    [
      "",
      `🔄 Processing Chatrace webhook: ${messageId ?? "without an id"}`,
      "📝 Extracted data from Chatrace webhook:",
      `  - senderId: ${showContent ? peer : hidden}`,
      `  - messageId: ${messageId ?? "none"}`,
      `  - text: ${showContent ? (text ?? "none") : hidden}`,
      ...(name === undefined ? [] : [`  - username: ${showContent ? name : hidden}`]),
      `✅ Chatrace Instagram message processed: ${messageId ?? "without an id"}`,
    ].join("\n"),
};

const mostKeys = 30;

/** Names only, and short ones: a key may be anything that somebody posted. */
const keysOf = (body: unknown): readonly string[] =>
  typeof body === "object" && body !== null
    ? Object.keys(body)
        .slice(0, mostKeys)
        .map((key) => key.slice(0, 40).replaceAll(/\s/g, " "))
    : [];
