import type { Command } from "./command.ts";
import type { SharedContact, SharedLocation } from "./event.ts";

/** The words of what is sent, where it has any. */
export function textOfCommand(command: Command): string | undefined {
  switch (command.type) {
    case "text":
    case "buttons":
    case "list":
    case "poll":
    case "form":
      return command.text;
    case "template":
      return textOf([...(command.bodyTexts ?? []), ...Object.values(command.bodyValues ?? {})]);
    case "location":
      return textOfLocation(command);
    case "contacts":
      return textOfContacts(command.contacts);
    case "reaction":
      return command.emoji;
    case "read":
    case "typing":
      return undefined;
    case "image":
    case "video":
    case "audio":
    case "document":
    default:
      return command.caption;
  }
}

/** A place in words, its coordinates last. */
export const textOfLocation = (location: SharedLocation): string | undefined =>
  textOf([location.name, location.address, `${location.latitude}, ${location.longitude}`]);

/** Cards in words, one a line. */
export const textOfContacts = (contacts: readonly SharedContact[]): string | undefined =>
  textOf(contacts.map(({ name, phones }) => textOf([name, ...phones], " ")));

const textOf = (lines: readonly (string | undefined)[], between = "\n"): string | undefined =>
  lines.filter((line) => line !== undefined).join(between) || undefined;
