import type { ReadCommand, TypingCommand } from "#shared/domain/command.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import type { Built } from "./build-text.ts";

/** Whoever is seen typing has read: https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators */
export const buildMark = ({ type, messageId }: ReadCommand | TypingCommand): Built => {
  if (messageId === undefined) {
    const reason = "WhatsApp shows typing only as the answer to a message";
    return { refused: refuseCommand(reason, "Name the customer's message.") };
  }
  const typing = type === "typing" ? { typing_indicator: { type: "text" } } : {};
  return { json: { status: "read", message_id: messageId, ...typing } };
};
