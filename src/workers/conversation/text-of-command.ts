import type { Command } from "#shared/domain/command.ts";

/** The words of what was sent, where it has any. */
export function textOfCommand(command: Command): string | undefined {
  if ("text" in command) return command.text;
  return "caption" in command ? command.caption : undefined;
}
