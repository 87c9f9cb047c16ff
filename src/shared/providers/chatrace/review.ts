import type { Command } from "#shared/domain/command.ts";
import { buildRequest } from "./build-request.ts";

/** What becomes of a command that Chatrace has no form for: found by building the call itself. */
export const review = (command: Command): string | undefined => {
  const built = buildRequest(command, "1");
  if ("refused" in built)
    return "reason" in built.refused ? `is refused: ${built.refused.reason}` : undefined;
  if (command.type === "list") return "has no lists: goes out as numbered lines";
  if (command.type === "buttons" && built.path.endsWith("/send/text"))
    return "more than 3 buttons or 20 characters of a button: goes out as numbered lines";
  return undefined;
};
