import type { Command } from "#shared/domain/command.ts";
import { buildMessage } from "./build-message.ts";
import { split } from "./split.ts";

/** What becomes of a command on a channel that has nothing but texts and files, as WhatsApp by phone. */
export const review = (command: Command): string | undefined => {
  const pieces = split(command);
  for (const piece of pieces) {
    const built = buildMessage(piece, "whatsapp");
    if ("refused" in built && "reason" in built.refused)
      return `is refused: ${built.refused.reason}`;
  }
  if (pieces.length > 1) return "a caption goes out as a message of its own, after the file";
  if (command.type === "list") return "has no lists: goes out as numbered lines";
  if (command.type === "poll") return "has no polls: goes out as numbered lines";
  if (command.type === "location" || command.type === "contacts") return "goes out as a text";
  if (command.type === "buttons")
    return "buttons are there on WABA, Telegram bots and MAX bots alone: elsewhere goes out as numbered lines";
  return command.type === "template" ? "templates are there on WABA channels alone" : undefined;
};
