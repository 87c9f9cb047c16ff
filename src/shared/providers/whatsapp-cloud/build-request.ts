import type { Command, ReadCommand, TypingCommand } from "#shared/domain/command.ts";
import { buildContacts, buildLocation, buildReaction } from "./build-cards.ts";
import { buildButtons, buildForm, buildList, buildPoll } from "./build-choices.ts";
import { buildMark } from "./build-mark.ts";
import { buildMedia } from "./build-media.ts";
import { buildTemplate } from "./build-template.ts";
import { buildText, type Built, type Json } from "./build-text.ts";

interface Wanted {
  readonly to: string;
  readonly command: Command;
  readonly callback: string;
}

/** A command as the body of one request. */
export const buildRequest = ({ to, command, callback }: Wanted): Built => {
  const isMark = command.type === "read" || command.type === "typing";
  const built = isMark ? buildMark(command) : buildContent(command);
  if ("refused" in built) return built;
  if (isMark) return { json: { ...product, ...built.json } };
  const envelope = { ...product, ...address(to), biz_opaque_callback_data: callback };
  return { json: { ...envelope, ...built.json } };
};

const product = { messaging_product: "whatsapp" };

/** A user id goes as `recipient`: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids */
const address = (to: string): Json => {
  if (/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(to)) {
    return { recipient_type: "individual", recipient: to };
  }
  return { recipient_type: /^\+?\d+$/.test(to) ? "individual" : "group", to };
};

const buildContent = (command: Exclude<Command, ReadCommand | TypingCommand>): Built => {
  switch (command.type) {
    case "text":
      return buildText(command.text, command.replyTo);
    case "buttons":
      return buildButtons(command);
    case "list":
      return buildList(command);
    case "poll":
      return buildPoll(command);
    case "form":
      return buildForm(command);
    case "template":
      return { json: buildTemplate(command) };
    case "location":
      return buildLocation(command);
    case "contacts":
      return buildContacts(command);
    case "reaction":
      return buildReaction(command);
    case "image":
    case "video":
    case "audio":
    case "document":
    default:
      return buildMedia(command);
  }
};
