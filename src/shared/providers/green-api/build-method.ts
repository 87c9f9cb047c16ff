import type { ButtonsCommand, Command, ListCommand, MediaCommand } from "#shared/domain/command.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { countLetters, numberChoices } from "#shared/providers/number-choices.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import type { Method } from "./ask.ts";
import { nameFile } from "./name-file.ts";

export type Built = Required<Method> | { readonly refused: SendOutcome };

/** A command as one method with its body: https://green-api.com/en/docs/api/sending/ */
export const buildMethod = (command: Command, chatId: string): Built => {
  switch (command.type) {
    case "text":
      return buildText(chatId, command.text, command.replyTo);
    case "buttons":
      return buildButtons(command, chatId);
    case "list":
      return buildText(chatId, numberChoices(command, listRows(command)));
    case "template":
      return refuse("Green API has no templates", "Send a text: Green API has no 24-hour window.");
    case "read":
      return { name: "readChat", json: { chatId, idMessage: command.messageId } };
    case "image":
    case "video":
    case "audio":
    case "document":
    default:
      return buildFile(command, chatId);
  }
};

const refuse = (reason: string, advice: string): Built => ({
  refused: refuseCommand(reason, advice),
});

const longestText = 20_000;

const buildText = (chatId: string, message: string, quotedMessageId?: string): Built => {
  const letters = countLetters(message);
  if (letters === 0) return refuse("the text is empty", "Give it a text.");
  if (letters > longestText) {
    const reason = `the text has ${letters} characters, Green API takes ${longestText}`;
    return refuse(reason, "Split the text into several messages.");
  }
  const quoted = quotedMessageId === undefined ? {} : { quotedMessageId };
  return { name: "sendMessage", json: { chatId, message, ...quoted } };
};

const listRows = ({ sections }: ListCommand): readonly string[] =>
  sections
    .flatMap(({ rows }) => rows)
    .map(({ title, description }) => [title, description].filter(Boolean).join(" – "));

const mostButtons = 3;
const longestButton = 25;

/** Buttons go to personal chats only: https://green-api.com/en/docs/api/sending/SendInteractiveButtonsReply/ */
const buildButtons = (command: ButtonsCommand, chatId: string): Built => {
  const { text, header, footer, buttons } = command;
  const fits =
    chatId.endsWith("@c.us") &&
    buttons.length > 0 &&
    buttons.length <= mostButtons &&
    buttons.every(({ title }) => title !== "" && countLetters(title) <= longestButton);
  if (!fits || text === "" || countLetters(text) > longestText) {
    const titles = buttons.map(({ title }) => title);
    return buildText(chatId, numberChoices({ header, text, footer }, titles));
  }
  const json = {
    chatId,
    ...(header !== undefined && { header }),
    body: text,
    ...(footer !== undefined && { footer }),
    buttons: buttons.map(({ id, title }) => ({ buttonId: id, buttonText: title })),
  };
  return { name: "sendInteractiveButtonsReply", json };
};

const buildFile = (command: MediaCommand, chatId: string): Built => {
  const { link, mediaId, providerMediaId, caption } = command;
  if ((link === undefined) === (mediaId === undefined) || providerMediaId !== undefined) {
    return refuse("Green API has no ids of files", "Give the file a link, or upload it here.");
  }
  const fileName = nameFile(command.type, link ?? "", command.fileName);
  const captioned = caption === undefined || caption === "" ? {} : { caption };
  return { name: "sendFileByUrl", json: { chatId, urlFile: link, fileName, ...captioned } };
};
