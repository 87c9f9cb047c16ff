import { z } from "zod";
import { idField } from "#api/rest/fields.ts";
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

const namesOneFile = (body: object): boolean => "media_url" in body !== "media_id" in body;

/** What is said, with fields of the route's own beside it. */
export const messageBody = <const Own extends z.ZodRawShape>(own: Own) =>
  z.discriminatedUnion("message_type", [
    z.strictObject({ ...own, message_type: z.literal("text").default("text"), content: text }),
    z.strictObject({ ...own, message_type: z.literal("buttons"), content: text, buttons }),
    z.strictObject({ ...own, message_type: z.literal("template"), template }),
    z
      .strictObject({
        ...own,
        message_type: z.enum(mediaTypes),
        media_url: link.exactOptional(),
        media_id: idField
          .exactOptional()
          .meta({ description: "A file that was uploaded, or that a customer sent" }),
        content: text.exactOptional().meta({ description: "The text under it" }),
        file_name: z.string().min(1).max(200).exactOptional(),
      })
      .refine(namesOneFile, {
        path: ["media_url"],
        error: "give exactly one of media_url and media_id",
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
  const { message_type: type, media_url: url, media_id: mediaId } = body;
  const { content: caption, file_name: fileName } = body;
  return compact({ type, link: url, mediaId, caption, fileName });
}
