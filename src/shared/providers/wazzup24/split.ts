import type { Command } from "#shared/domain/command.ts";

/** A message has a text or a file (MESSAGE_ONLY_TEXT_OR_CONTENT), so that a caption follows its file. */
export const split = (command: Command): readonly Command[] => {
  if (!("caption" in command) || command.caption === undefined) return [command];
  const { caption, ...file } = command;
  return caption === "" ? [file] : [file, { type: "text", text: caption }];
};
