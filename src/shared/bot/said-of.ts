import type { Heard, Said } from "#shared/domain/session.ts";

/** What was said at once, as one message. */
export const saidOf = ({ texts, payload, messageType }: Heard): Said => ({
  text: texts.join("\n"),
  messageType,
  ...(payload === undefined ? {} : { payload }),
});
