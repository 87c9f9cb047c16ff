import { z } from "zod";
import type { Command } from "#shared/domain/command.ts";
import { compact } from "#shared/providers/compact.ts";

const text = z.string().min(1).max(4096);
const link = z.url({ protocol: /^https?$/, error: "must be an http or https address" }).max(2000);

const buttons = z
  .array(z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(200) }))
  .min(1)
  .max(10);

const template = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  body_texts: z.array(z.string().min(1).max(1024)).max(50).exactOptional(),
});

const mediaTypes = ["image", "video", "audio", "document"] as const;

/** What is said, with fields of the route's own beside it. */
export const messageBody = <const Own extends z.ZodRawShape>(own: Own) =>
  z.discriminatedUnion("message_type", [
    z.strictObject({ ...own, message_type: z.literal("text").default("text"), content: text }),
    z.strictObject({ ...own, message_type: z.literal("buttons"), content: text, buttons }),
    z.strictObject({ ...own, message_type: z.literal("template"), template }),
    z.strictObject({
      ...own,
      message_type: z.enum(mediaTypes),
      media_url: link,
      content: text.exactOptional().meta({ description: "The text under it" }),
      file_name: z.string().min(1).max(200).exactOptional(),
    }),
  ]);

const bareMessage = messageBody({});

/** As the providers' translators know it. */
export function toCommand(body: z.output<typeof bareMessage>): Command {
  if ("buttons" in body) return { type: "buttons", text: body.content, buttons: body.buttons };
  if ("template" in body) {
    const { name, language, body_texts: bodyTexts } = body.template;
    return compact({ type: "template", name, language, bodyTexts });
  }
  if (body.message_type === "text") return { type: "text", text: body.content };
  const { message_type: type, media_url: url, content: caption, file_name: fileName } = body;
  return compact({ type, link: url, caption, fileName });
}
