import { z } from "zod";
import type { Command } from "#shared/domain/command.ts";
import { buildRequest } from "./build-request.ts";

const shape = z.object({
  type: z.string(),
  interactive: z.object({ type: z.string() }).optional(),
});

/** What becomes of a command that WhatsApp has no form for: found by building the request itself. */
export const review = (command: Command): string | undefined => {
  const built = buildRequest({ to: "1", command, callback: "" });
  if ("refused" in built)
    return "reason" in built.refused ? `is refused: ${built.refused.reason}` : undefined;
  const form = shape.safeParse(built.json).data;
  if (command.type === "buttons" && form?.interactive?.type !== "button") {
    const instead = form?.interactive === undefined ? "numbered lines" : "a list";
    return `more than 3 buttons, 20 characters of a button or 1024 of the text: goes out as ${instead}`;
  }
  if (command.type === "poll") return tellPoll(form?.interactive?.type);
  if (command.type === "list" && form?.interactive === undefined)
    return "more than 10 rows, 24 characters of a row, 72 of a description, 20 of the button or 1024 of the text, or a section without a title: goes out as numbered lines";
  return undefined;
};

const tellPoll = (form: string | undefined): string => {
  if (form === undefined) return "has no polls: goes out as numbered lines";
  return `has no polls: goes out as ${form === "button" ? "buttons" : "a list"}`;
};
