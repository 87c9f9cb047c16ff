import type { Command, ListCommand, MediaCommand } from "#shared/domain/command.ts";
import { textOfCommand } from "#shared/domain/text-of-command.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { countLetters, numberChoices } from "#shared/providers/number-choices.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import { buildButtons } from "./build-buttons.ts";

type Json = Readonly<Record<string, unknown>>;
export type Built = { readonly json: Json } | { readonly refused: SendOutcome };

/** What a command says, without whom it is for: https://wazzup24.com/help/api-en/sending-messages/ */
export const buildMessage = (command: Command, transport: string): Built => {
  switch (command.type) {
    case "text":
      return buildText(transport, command.text, quote(command.replyTo));
    case "buttons": {
      const { header, text, footer } = command;
      const buttonsObject = buildButtons(transport, command.buttons);
      if (buttonsObject !== undefined)
        return buildText(transport, join([header, text, footer]), { buttonsObject });
      const titles = command.buttons.map(({ title }) => title);
      return buildText(transport, numberChoices(command, titles));
    }
    case "list":
      return buildText(transport, numberChoices(command, listRows(command)));
    case "poll":
      return buildText(transport, numberChoices(command, command.options));
    case "location":
    case "contacts":
      return buildText(transport, textOfCommand(command) ?? "");
    case "form":
    case "reaction":
    case "typing":
      return refuse("Wazzup24 has none of its kind", "Answer by a text.");
    case "template":
      return { json: { templateId: command.name, ...values(command.bodyTexts) } };
    case "read":
      return refuse(
        "Wazzup24 has no read marks",
        "Nothing to do: its own chat shows what was read.",
      );
    case "image":
    case "video":
    case "audio":
    case "document":
    default:
      return buildFile(command);
  }
};

const refuse = (reason: string, advice: string): Built => ({
  refused: refuseCommand(reason, advice),
});

const quote = (replyTo: string | undefined): Json =>
  replyTo === undefined ? {} : { refMessageId: replyTo };

const values = (templateValues: readonly string[] = []): Json =>
  templateValues.length === 0 ? {} : { templateValues };

const join = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join("\n\n");

const longestTexts: ReadonlyMap<string, number> = new Map([
  ["instagram", 1000],
  ["viber", 6999],
  ["wapi", 4096],
  ["tgapi", 4096],
  ["telegram", 4096],
]);
const longestText = 10_000;

const buildText = (transport: string, text: string, more: Json = {}): Built => {
  const letters = countLetters(text);
  const most = longestTexts.get(transport) ?? longestText;
  if (letters === 0) return refuse("the text is empty", "Give it a text.");
  if (letters <= most) return { json: { text, ...more } };
  const reason = `the text has ${letters} characters, Wazzup24 takes ${most} here`;
  return refuse(reason, "Split the text into several messages.");
};

const listRows = ({ sections }: ListCommand): readonly string[] =>
  sections
    .flatMap(({ rows }) => rows)
    .map(({ title, description }) => [title, description].filter(Boolean).join(" – "));

/** A caption is a message of its own by then: see `split.ts`. */
const buildFile = ({ link, mediaId, providerMediaId, caption }: MediaCommand): Built => {
  if ((link === undefined) === (mediaId === undefined) || providerMediaId !== undefined)
    return refuse("Wazzup24 has no ids of files", "Give the file a link, or upload it here.");
  if (caption !== undefined && caption !== "")
    return refuse("Wazzup24 takes no caption", "Send the caption as a message of its own.");
  return { json: { contentUri: link } };
};
