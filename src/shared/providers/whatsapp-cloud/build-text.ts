import type { SendOutcome } from "#shared/domain/outcome.ts";
import { countLetters } from "#shared/providers/number-choices.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";

export type Json = Readonly<Record<string, unknown>>;
export type Built = { readonly json: Json } | { readonly refused: SendOutcome };

const longestText = 4096;

/** Plain text; too long is refused rather than cut. */
export const buildText = (body: string, replyTo?: string): Built => {
  const letters = countLetters(body);
  if (letters === 0) return { refused: refuseCommand("the text is empty", "Give it a text.") };
  if (letters > longestText) {
    const reason = `the text has ${letters} characters, WhatsApp takes ${longestText}`;
    return { refused: refuseCommand(reason, "Split the text into several messages.") };
  }
  const context = replyTo === undefined ? {} : { context: { message_id: replyTo } };
  return { json: { ...context, type: "text", text: { body } } };
};
