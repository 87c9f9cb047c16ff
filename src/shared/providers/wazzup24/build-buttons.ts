import type { Button } from "#shared/domain/command.ts";
import { countLetters } from "#shared/providers/number-choices.ts";

/** One form of buttons: how many of which length, and how they are written. */
interface Form {
  readonly most: number;
  readonly longest: number;
  readonly build: (titles: readonly string[]) => object;
}

/**
 * What a press brings back is text: the payload, or without one the button's place from 0. The title is
 * therefore the payload, as if the customer had typed it. https://wazzup24.com/help/api-en/sending-messages/
 */
const forms: ReadonlyMap<string, Form> = new Map([
  [
    "wapi",
    {
      most: 10,
      longest: 20,
      build: (titles) => ({
        buttons: titles.map((title) => ({ text: title, type: "text", payload: title })),
      }),
    },
  ],
  [
    "telegram",
    {
      most: 12,
      longest: 64,
      build: (titles) => ({
        replyMarkup: "reply",
        oneTimeKeyboard: true,
        buttons: titles.map((title) => [{ text: title }]),
      }),
    },
  ],
  [
    "maxbot",
    {
      most: 12,
      longest: 64,
      build: (titles) => ({
        chatType: "max",
        buttons: titles.map((title) => [{ type: "message", text: title }]),
      }),
    },
  ],
]);

/** `buttonsObject` where the channel has buttons and these fit; else they go as numbered lines. */
export const buildButtons = (transport: string, buttons: readonly Button[]): object | undefined => {
  const form = forms.get(transport);
  const titles = buttons.map(({ title }) => title.trim());
  const fits =
    form !== undefined &&
    titles.length > 0 &&
    titles.length <= form.most &&
    new Set(titles).size === titles.length &&
    titles.every((title) => title !== "" && countLetters(title) <= form.longest);
  return fits ? form.build(titles) : undefined;
};
