import type { BotEffect } from "#shared/domain/session.ts";

/** One text to the customer; a text that came out blank is not sent, for providers refuse it. */
export const say = (text: string): readonly BotEffect[] =>
  text.trim() === "" ? [] : [{ kind: "send", command: { type: "text", text } }];
