import type { Command } from "#shared/domain/command.ts";
import { buildMethod } from "./build-method.ts";

/** What becomes of a command that Green API has no method for: found by building the call itself. */
export const review = (command: Command): string | undefined => {
  const built = buildMethod(command, "1@c.us");
  if ("refused" in built)
    return "reason" in built.refused ? `is refused: ${built.refused.reason}` : undefined;
  if (command.type === "list") return "has no lists: goes out as numbered lines";
  if (command.type === "buttons" && built.name === "sendMessage")
    return "more than 3 buttons or 25 characters of a button: goes out as numbered lines";
  if (command.type === "poll" && built.name === "sendMessage")
    return "takes 2 to 12 unlike options of 100 characters: goes out as numbered lines";
  return undefined;
};
