import type { ButtonsCommand, Command, ListCommand, MediaCommand } from "#shared/domain/command.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { countLetters, numberChoices } from "#shared/providers/number-choices.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import type { Request } from "./ask.ts";

export type Built = Required<Pick<Request, "path" | "json">> | { readonly refused: SendOutcome };

/** A command as one call, and never more: no id comes back by which two could be told apart. */
export const buildRequest = (command: Command, contactId: string): Built => {
  const contact = `/contacts/${encodeURIComponent(contactId)}`;
  switch (command.type) {
    case "text":
      return buildText(contact, command.text);
    case "buttons":
      return buildButtons(contact, command);
    case "list":
      return buildText(contact, numberChoices(command, listRows(command)));
    case "template":
      return buildFlow(contact, command);
    case "image":
    case "video":
    case "audio":
    case "document":
      return buildFile(contact, command);
    case "location":
    case "contacts":
    case "reaction":
    case "poll":
    case "form":
    case "typing":
    case "read":
    default:
      return refuse(`Chatrace has no ${command.type}`, "Leave it out on this channel.");
  }
};

const refuse = (reason: string, advice: string): Built => ({
  refused: refuseCommand(reason, advice),
});

/** Of the names seen in clients this one is presumed; without it a contact of several channels is anyone's guess. */
const channel = "instagram";

/** https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message */
const longestText = 1000;

const buildText = (contact: string, text: string): Built => {
  const letters = countLetters(text);
  if (letters === 0) return refuse("the text is empty", "Give it a text.");
  if (letters > longestText) {
    const reason = `the text has ${letters} characters, Instagram takes ${longestText}`;
    return refuse(reason, "Split the text into several messages.");
  }
  return { path: `${contact}/send/text`, json: { text, channel } };
};

const listRows = ({ sections }: ListCommand): readonly string[] =>
  sections
    .flatMap(({ rows }) => rows)
    .map(({ title, description }) => [title, description].filter(Boolean).join(" – "));

const mostButtons = 3;
const longestButton = 20;

/**
 * Quick replies, because a pressed one comes back as the customer's words; the payload of a button
 * names a flow of Chatrace's, which would answer in our place.
 */
const buildButtons = (contact: string, command: ButtonsCommand): Built => {
  const { text, header, footer, buttons } = command;
  const titles = buttons.map(({ title }) => title);
  const fits =
    titles.length > 0 &&
    titles.length <= mostButtons &&
    titles.every((title) => title !== "" && countLetters(title) <= longestButton);
  const shown = [header, text, footer].filter(Boolean).join("\n\n");
  if (!fits || countLetters(shown) > longestText)
    return buildText(contact, numberChoices({ header, text, footer }, titles));
  const quickReplies = buttons.map(({ id, title }) => ({
    content_type: "text",
    title,
    payload: id,
  }));
  return buildContent(contact, [{ text: shown, quick_replies: quickReplies }]);
};

const buildContent = (contact: string, messages: readonly object[]): Built => ({
  path: `${contact}/send_content`,
  json: { messages: messages.map((message) => ({ message })), actions: [], channel },
});

/** What goes out at any time is a flow that waits at Chatrace: its id is the template's name. */
const buildFlow = (
  contact: string,
  { name, bodyTexts = [] }: Extract<Command, { type: "template" }>,
): Built => {
  if (!/^\d{1,20}$/.test(name))
    return refuse(
      "a template is a flow of Chatrace's here, by its number",
      "Give a flow's id as the name.",
    );
  if (bodyTexts.length > 0)
    return refuse("a flow takes no texts", "Write the text into the flow at Chatrace.");
  return { path: `${contact}/send/${name}`, json: {} };
};

const fileTypes = { image: "image", video: "video", audio: "audio", document: "file" } as const;

/** A caption is a bubble of its own, in the same call. */
const buildFile = (contact: string, command: MediaCommand): Built => {
  const { link, mediaId, providerMediaId, caption = "" } = command;
  if ((link === undefined) === (mediaId === undefined) || providerMediaId !== undefined)
    return refuse("Chatrace has no ids of files", "Give the file a link, or upload it here.");
  const type = fileTypes[command.type];
  if (caption === "") return { path: `${contact}/send/file`, json: { url: link, type, channel } };
  if (countLetters(caption) > longestText)
    return refuse(`the caption is longer than ${longestText} characters`, "Shorten it.");
  const attachment = { type, payload: { url: link } };
  return buildContent(contact, [{ attachment }, { text: caption }]);
};
