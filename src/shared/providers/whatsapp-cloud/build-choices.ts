import type {
  Button,
  ButtonsCommand,
  FormCommand,
  ListCommand,
  ListRow,
  PollCommand,
} from "#shared/domain/command.ts";
import { compact } from "#shared/providers/compact.ts";
import { countLetters, numberChoices } from "#shared/providers/number-choices.ts";
import { refuseCommand } from "#shared/providers/outcomes.ts";
import { buildText, type Built, type Json } from "./build-text.ts";

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
const limits = {
  body: 1024,
  frame: 60,
  label: 20,
  rowTitle: 24,
  description: 72,
  rows: 10,
  formLabel: 30,
};

const longForm = refuseCommand(
  "a form takes 1024 characters of text, 60 of header and footer and 30 of its button",
  "Shorten what is too long.",
);

/** Up to 3 short choices are buttons, up to 10 a list, all others numbered lines of text. */
export const buildButtons = (command: ButtonsCommand): Built => {
  const { buttons, header, text, footer, menu = usualMenu } = command;
  const isFramed = fits(text, limits.body) && fitsIfAny(header) && fitsIfAny(footer);
  if (isFramed && fitButtons(buttons)) return { json: toInteractive(command, toButtons(buttons)) };
  if (isFramed && fitRows(buttons) && fits(menu, limits.label))
    return { json: toInteractive(command, toMenu(menu, buttons)) };
  const titles = buttons.map(({ title }) => title);
  return buildText(numberChoices({ header, text, footer }, titles));
};

/** A list as WhatsApp has it, else as numbered lines under their sections. */
export const buildList = (command: ListCommand): Built => {
  const rows = command.sections.flatMap((section) => section.rows);
  const { text, button, header, footer } = command;
  const isFramed = fits(text, limits.body) && fitsIfAny(header) && fitsIfAny(footer);
  if (isFramed && fits(button, limits.label) && fitRows(rows) && fitSections(command)) {
    const action = { button, sections: command.sections };
    return { json: toInteractive(command, { type: "list", action }) };
  }
  return buildText(numberChoices(command, rows.map(describeRow)));
};

/** WhatsApp's API has no polls: one choice is a press, several are told by their numbers. */
export const buildPoll = ({ text, options, isMultiple = false }: PollCommand): Built => {
  if (isMultiple) return buildText(numberChoices({ text }, options));
  const buttons = options.map((option) => ({ id: option, title: option }));
  return buildButtons({ type: "buttons", text, buttons });
};

/** https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow */
export const buildForm = (command: FormCommand): Built => {
  const { text, header, footer, button, flowId, token, screen, data } = command;
  const isFramed = fits(text, limits.body) && fitsIfAny(header) && fitsIfAny(footer);
  if (!isFramed || !fits(button, limits.formLabel)) return { refused: longForm };
  const payload = screen === undefined ? undefined : compact({ screen, data });
  const parameters = compact({
    flow_message_version: "3",
    flow_id: flowId,
    flow_cta: button,
    flow_token: token,
    flow_action: payload === undefined ? undefined : "navigate",
    flow_action_payload: payload,
  });
  return { json: toInteractive(command, { type: "flow", action: { name: "flow", parameters } }) };
};

const describeRow = ({ title, description }: ListRow): string =>
  description === undefined ? title : `${title} – ${description}`;

const fits = (text: string, most: number): boolean => text !== "" && countLetters(text) <= most;

const fitsIfAny = (text: string | undefined): boolean =>
  text === undefined || fits(text, limits.frame);

const fitButtons = (buttons: readonly Button[]): boolean =>
  buttons.length > 0 &&
  buttons.length <= 3 &&
  areUnique(buttons) &&
  buttons.every(({ id, title }) => fits(title.trim(), limits.label) && fits(id.trim(), 256));

const fitRows = (rows: readonly ListRow[]): boolean =>
  rows.length > 0 &&
  rows.length <= limits.rows &&
  areUnique(rows) &&
  rows.every(
    ({ id, title, description }) =>
      fits(title.trim(), limits.rowTitle) &&
      fits(id.trim(), 200) &&
      (description === undefined || fits(description, limits.description)),
  );

/** A section needs a title as soon as there are two. */
const fitSections = ({ sections }: ListCommand): boolean =>
  sections.every(({ title = "", rows }) => {
    const isTitled = sections.length === 1 || title !== "";
    return rows.length > 0 && isTitled && countLetters(title) <= limits.rowTitle;
  });

const areUnique = (choices: readonly Button[]): boolean =>
  new Set(choices.map(({ id }) => id)).size === choices.length &&
  new Set(choices.map(({ title }) => title)).size === choices.length;

interface Interactive {
  readonly type: "button" | "list" | "flow";
  readonly action: Json;
}

const toButtons = (buttons: readonly Button[]): Interactive => ({
  type: "button",
  action: { buttons: buttons.map((button) => ({ type: "reply", reply: trim(button) })) },
});

/** A sign, for the customer's language is not known here. */
const usualMenu = "☰";

const toMenu = (menu: string, buttons: readonly Button[]): Interactive => ({
  type: "list",
  action: { button: menu, sections: [{ rows: buttons.map(trim) }] },
});

/** Edges of blanks are refused by Meta. */
const trim = ({ id, title }: Button): Button => ({ id, title: title.trim() });

interface Frame {
  readonly text: string;
  readonly header?: string;
  readonly footer?: string;
}

const toInteractive = ({ text, header, footer }: Frame, { type, action }: Interactive): Json => ({
  type: "interactive",
  interactive: {
    type,
    ...(header !== undefined && { header: { type: "text", text: header } }),
    body: { text },
    ...(footer !== undefined && { footer: { text: footer } }),
    action,
  },
});
