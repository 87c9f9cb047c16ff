import type { Command } from "./command.ts";

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
      return textOf([command.name, command.address, `${command.latitude}, ${command.longitude}`]);
    case "contacts":
      return textOf(command.contacts.map(({ name, phones }) => [name, ...phones].join(" ")));
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

const textOf = (lines: readonly (string | undefined)[]): string | undefined =>
  lines.filter((line) => line !== undefined).join("\n") || undefined;
