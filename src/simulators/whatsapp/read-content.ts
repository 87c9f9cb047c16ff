import { z } from "zod";
import type { LedgerButton } from "#simulators/ledger.ts";
import {
  bareMediaSchema,
  contactsSchema,
  interactiveSchema,
  locationSchema,
  mediaSchema,
  reactionSchema,
  templateSchema,
  textSchema,
} from "./content-schemas.ts";

/** What a send says, as the recipient would see it. */
export interface Content {
  /** The wire type, or the kind of an interactive message: button, list … */
  readonly type: string;
  readonly text: string;
  readonly buttons: readonly LedgerButton[];
  readonly mediaId?: string | undefined;
  readonly link?: string | undefined;
  readonly template?: { readonly name: string; readonly language: string };
}

type ReadContent = (body: unknown) => Content;

const plain = (type: string, text: string): Content => ({ type, text, buttons: [] });

/** One reader per message type; each throws a ZodError on a body that Meta would refuse. */
export const contentReaders = new Map<string, ReadContent>([
  ["text", (body) => plain("text", z.object({ text: textSchema }).parse(body).text.body)],
  ["interactive", readInteractive],
  ["template", readTemplate],
  ["image", readMedia("image", mediaSchema)],
  ["video", readMedia("video", mediaSchema)],
  ["document", readMedia("document", mediaSchema)],
  ["audio", readMedia("audio", bareMediaSchema)],
  ["sticker", readMedia("sticker", bareMediaSchema)],
  [
    "reaction",
    (body) => plain("reaction", z.object({ reaction: reactionSchema }).parse(body).reaction.emoji),
  ],
  [
    "location",
    (body) =>
      plain("location", z.object({ location: locationSchema }).parse(body).location.name ?? ""),
  ],
  [
    "contacts",
    (body) => {
      const { contacts } = z.object({ contacts: contactsSchema }).parse(body);
      return plain("contacts", contacts.map(({ name }) => name.formatted_name).join(", "));
    },
  ],
]);

function readInteractive(body: unknown): Content {
  const { interactive } = z.object({ interactive: interactiveSchema }).parse(body);
  const text = interactive.body?.text ?? "";
  return { ...plain(interactive.type, text), buttons: readChoices(interactive) };
}

function readChoices(interactive: z.output<typeof interactiveSchema>): LedgerButton[] {
  if (interactive.type === "button") {
    return interactive.action.buttons.map(({ reply: { id, title } }) => ({ id, title }));
  }
  if (interactive.type !== "list") return [];
  const rows = interactive.action.sections.flatMap((section) => section.rows);
  return rows.map(({ id, title }) => ({ id, title }));
}

function readTemplate(body: unknown): Content {
  const { name, language } = z.object({ template: templateSchema }).parse(body).template;
  return { ...plain("template", name), template: { name, language: language.code } };
}

function readMedia(type: string, schema: typeof mediaSchema | typeof bareMediaSchema): ReadContent {
  return (body) => {
    const media = z.object({ [type]: schema }).parse(body)[type];
    return { ...plain(type, media?.caption ?? ""), mediaId: media?.id, link: media?.link };
  };
}
