import { z } from "zod";
import { UsageError } from "#cli/failures.ts";
import type { Button, Command } from "#shared/domain/command.ts";
import { compact } from "#shared/providers/compact.ts";

const link = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).exactOptional();

/** The flags that say what is sent. */
export const commandFields = {
  text: z.string().min(1, "must not be empty").exactOptional(),
  button: z
    .array(z.string().regex(/^[^=]+=./, "must look like id=title"))
    .default([])
    .transform((pairs) => pairs.map(toButton)),
  template: z.string().min(1).exactOptional(),
  language: z.string().min(2).exactOptional(),
  bodyText: z.array(z.string().min(1)).exactOptional(),
  image: link,
  video: link,
  audio: link,
  document: link,
  caption: z.string().exactOptional(),
};

const commandFlags = z.object(commandFields);
type CommandFlags = z.infer<typeof commandFlags>;

const mediaTypes = ["image", "video", "audio", "document"] as const;

/** Exactly one thing is sent: a text (with buttons), a template or a file. */
export function readCommand(flags: CommandFlags): Command {
  const contents = ["text", "template", ...mediaTypes] as const;
  const given = contents.filter((name) => flags[name] !== undefined);
  if (given.length !== 1) {
    const all = contents.map((name) => `--${name}`).join(", ");
    throw new UsageError(`give exactly one of ${all}`);
  }
  refuseStray(flags);
  return readText(flags) ?? readTemplate(flags) ?? readMedia(flags);
}

/** A flag that would be dropped without a word is a mistake. */
function refuseStray(flags: CommandFlags): void {
  const isMedia = mediaTypes.some((type) => flags[type] !== undefined);
  if (flags.button.length > 0 && flags.text === undefined)
    throw new UsageError("--button: needs --text");
  if (flags.caption !== undefined && !isMedia)
    throw new UsageError("--caption: needs --image, --video, --audio or --document");
  if ((flags.language ?? flags.bodyText) !== undefined && flags.template === undefined)
    throw new UsageError("--language and --body-text: need --template");
}

function readText({ text, button: buttons }: CommandFlags): Command | undefined {
  if (text === undefined) return undefined;
  return buttons.length === 0 ? { type: "text", text } : { type: "buttons", text, buttons };
}

function readTemplate({ template, language, bodyText }: CommandFlags): Command | undefined {
  if (template === undefined) return undefined;
  if (language === undefined) throw new UsageError("--template: needs --language");
  return compact({ type: "template", name: template, language, bodyTexts: bodyText });
}

function readMedia(flags: CommandFlags): Command {
  const type = mediaTypes.find((name) => flags[name] !== undefined) ?? "document";
  return compact({ type, link: flags[type], caption: flags.caption });
}

function toButton(pair: string): Button {
  const at = pair.indexOf("=");
  return { id: pair.slice(0, at), title: pair.slice(at + 1) };
}
