import type { Command, TemplateCommand } from "#shared/domain/command.ts";
import { buildButtons, buildList } from "./build-choices.ts";
import { buildMedia } from "./build-media.ts";
import { buildText, type Built, type Json } from "./build-text.ts";

interface Wanted {
  readonly to: string;
  readonly command: Command;
  readonly callback: string;
}

/** A command as the body of one request. */
export const buildRequest = ({ to, command, callback }: Wanted): Built => {
  if (command.type === "read") {
    return { json: { ...product, status: "read", message_id: command.messageId } };
  }
  const built = buildContent(command);
  if ("refused" in built) return built;
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

const buildContent = (command: Exclude<Command, { type: "read" }>): Built => {
  switch (command.type) {
    case "text":
      return buildText(command.text, command.replyTo);
    case "buttons":
      return buildButtons(command);
    case "list":
      return buildList(command);
    case "template":
      return { json: { type: "template", template: toTemplate(command) } };
    case "image":
    case "video":
    case "audio":
    case "document":
    default:
      return buildMedia(command);
  }
};

const toTemplate = ({ name, language, bodyTexts = [] }: TemplateCommand): Json => {
  const parameters = bodyTexts.map((text) => ({ type: "text", text }));
  const components = parameters.length === 0 ? {} : { components: [{ type: "body", parameters }] };
  return { name, language: { code: language }, ...components };
};
