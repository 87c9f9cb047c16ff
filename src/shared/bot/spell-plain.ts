import { fold } from "#shared/bot/fold.ts";

/** Letters and digits only: an emoji or a full stop makes no difference. */
export const spellPlain = (text: string): string =>
  fold(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
