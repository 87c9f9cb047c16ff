import type {
  ButtonsCommand,
  Command,
  ContactsCommand,
  ListCommand,
  LocationCommand,
  MediaCommand,
  PollCommand,
} from "#shared/domain/command.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { compact } from "#shared/providers/compact.ts";
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
    case "form":
      return refuse("Green API has no forms", "Ask by texts, or send a link to a form.");
    case "reaction":
      return refuse("Green API sends no reactions", "Answer by a text.");
    case "poll":
      return buildPoll(command, chatId);
    case "location":
      return buildLocation(command, chatId);
    case "contacts":
      return buildContact(command, chatId);
    case "read":
      return { name: "readChat", json: { chatId, idMessage: command.messageId } };
    case "typing":
      return { name: "sendTyping", json: { chatId, typingTime: typingMs } };
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

/** As long as it may be shown: https://green-api.com/en/docs/api/service/SendTyping/ */
const typingMs = 20_000;

const pollLimits = { text: 255, option: 100, fewest: 2, most: 12 };

/** What is no poll at Green API goes out as numbered lines: https://green-api.com/en/docs/api/sending/SendPoll/ */
const buildPoll = ({ text, options, isMultiple }: PollCommand, chatId: string): Built => {
  const fits =
    countLetters(text) <= pollLimits.text &&
    options.length >= pollLimits.fewest &&
    options.length <= pollLimits.most &&
    new Set(options).size === options.length &&
    options.every((option) => option !== "" && countLetters(option) <= pollLimits.option);
  if (!fits) return buildText(chatId, numberChoices({ text }, options));
  const json = {
    chatId,
    message: text,
    options: options.map((optionName) => ({ optionName })),
    multipleAnswers: isMultiple === true,
  };
  return { name: "sendPoll", json };
};

const buildLocation = (command: LocationCommand, chatId: string): Built => {
  const { latitude, longitude, name: nameLocation, address } = command;
  return {
    name: "sendLocation",
    json: compact({ chatId, latitude, longitude, nameLocation, address }),
  };
};

/** One card with one number: https://green-api.com/en/docs/api/sending/SendContact/ */
const buildContact = ({ contacts }: ContactsCommand, chatId: string): Built => {
  const [card, ...others] = contacts;
  const [phone, ...more] = card?.phones ?? [];
  const phoneContact = Number(phone?.replaceAll(/\D/g, "") ?? Number.NaN);
  if (
    card === undefined ||
    others.length + more.length > 0 ||
    !Number.isSafeInteger(phoneContact)
  ) {
    return refuse("Green API sends one contact with one phone number", "Send them one by one.");
  }
  const { name: firstName, company } = card;
  return {
    name: "sendContact",
    json: { chatId, contact: compact({ phoneContact, firstName, company }) },
  };
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
