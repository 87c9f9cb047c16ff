import { z } from "zod";
import { idField, phoneField } from "#api/rest/fields.ts";
import type { Command, TemplateHeader } from "#shared/domain/command.ts";
import { compact } from "#shared/providers/compact.ts";

const text = z.string().min(1).max(4096);
const link = z.url({ protocol: /^https?$/, error: "must be an http or https address" }).max(2000);

const buttons = z
  .array(z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(200) }))
  .min(1)
  .max(10);

const messageId = z.string().min(1).max(512).meta({ description: "The provider's" });
const label = z.string().min(1).max(200);
const framed = { header: label.exactOptional(), footer: label.exactOptional() };

const section = z.strictObject({
  title: label.exactOptional(),
  rows: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        title: label,
        description: label.exactOptional(),
      }),
    )
    .min(1)
    .max(10),
});

const list = z.strictObject({ button: label, sections: z.array(section).min(1).max(10) });

const parameter = z.string().min(1).max(1024);
const place = { index: z.int().min(0).max(9) };

const template = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(20),
  body_texts: z.array(parameter).max(50).exactOptional(),
  body_values: z.record(z.string().min(1).max(100), parameter).exactOptional().meta({
    description: "For a template whose variables have names, in place of `body_texts`",
  }),
  header: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("text"), text: parameter }),
      z.strictObject({
        type: z.enum(["image", "video", "document"]),
        media_url: link,
        file_name: label.exactOptional(),
      }),
    ])
    .exactOptional(),
  buttons: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ ...place, type: z.literal("quick_reply"), payload: parameter }),
        z.strictObject({ ...place, type: z.literal("url"), text: parameter }),
        z.strictObject({ ...place, type: z.literal("copy_code"), code: parameter }),
      ]),
    )
    .max(10)
    .exactOptional()
    .meta({ description: "What buttons need, each by its place; the others need nothing" }),
});

const location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: label.exactOptional(),
  address: z.string().min(1).max(1000).exactOptional(),
});

const contacts = z
  .array(
    z.strictObject({
      name: label,
      phones: z.array(phoneField).min(1).max(5),
      company: label.exactOptional(),
      email: z.email().max(254).exactOptional(),
    }),
  )
  .min(1)
  .max(10);

const poll = z.strictObject({
  options: z
    .array(z.string().min(1).max(100))
    .min(2)
    .max(12)
    .refine((all) => new Set(all).size === all.length, "two options are the same"),
  is_multiple: z.boolean().default(false),
});

const form = z.strictObject({
  flow_id: z.string().min(1).max(128).meta({ description: "Meta's id of the flow" }),
  button: label,
  token: z.string().min(1).max(500).exactOptional(),
  screen: z.string().min(1).max(200).exactOptional(),
  data: z.record(z.string().max(100), z.unknown()).exactOptional(),
});

const mediaTypes = ["image", "video", "audio", "document"] as const;

const namesOneFile = (body: object): boolean => "media_url" in body !== "media_id" in body;

/** What is said, with fields of the route's own beside it. */
export const messageBody = <const Own extends z.ZodRawShape>(own: Own) =>
  z.discriminatedUnion("message_type", [
    z.strictObject({ ...own, message_type: z.literal("text").default("text"), content: text }),
    z.strictObject({
      ...own,
      message_type: z.literal("buttons"),
      content: text,
      ...framed,
      buttons,
    }),
    z.strictObject({ ...own, message_type: z.literal("list"), content: text, ...framed, list }),
    z.strictObject({ ...own, message_type: z.literal("template"), template }),
    z.strictObject({ ...own, message_type: z.literal("location"), location }),
    z.strictObject({ ...own, message_type: z.literal("contacts"), contacts }),
    z.strictObject({ ...own, message_type: z.literal("poll"), content: text, poll }),
    z.strictObject({ ...own, message_type: z.literal("form"), content: text, ...framed, form }),
    z.strictObject({
      ...own,
      message_type: z.literal("reaction"),
      message_id: messageId,
      emoji: z.string().max(32).meta({ description: "Empty takes the reaction away" }),
    }),
    z.strictObject({ ...own, message_type: z.literal("read"), message_id: messageId }),
    z.strictObject({
      ...own,
      message_type: z.literal("typing"),
      message_id: messageId.exactOptional().meta({ description: "WhatsApp needs it" }),
    }),
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
type Body = z.output<typeof bareMessage>;

/** As the providers' translators know it. */
export function toCommand(body: Body): Command {
  switch (body.message_type) {
    case "text":
      return { type: "text", text: body.content };
    case "buttons":
      return compact({ type: "buttons", ...frameOf(body), buttons: body.buttons });
    case "list":
      return compact({ type: "list", ...frameOf(body), ...body.list });
    case "template":
      return toTemplate(body.template);
    case "location":
      return { type: "location", ...body.location };
    case "contacts":
      return { type: "contacts", contacts: body.contacts };
    case "poll":
      return {
        type: "poll",
        text: body.content,
        options: body.poll.options,
        isMultiple: body.poll.is_multiple,
      };
    case "form": {
      const { flow_id: flowId, ...rest } = body.form;
      return compact({ type: "form", ...frameOf(body), flowId, ...rest });
    }
    case "reaction":
      return { type: "reaction", messageId: body.message_id, emoji: body.emoji };
    case "read":
      return { type: "read", messageId: body.message_id };
    case "typing":
      return compact({ type: "typing", messageId: body.message_id });
    case "image":
    case "video":
    case "audio":
    case "document":
    default: {
      const { message_type: type, media_url: url, media_id: mediaId } = body;
      const { content: caption, file_name: fileName } = body;
      return compact({ type, link: url, mediaId, caption, fileName });
    }
  }
}

const frameOf = ({
  content,
  header,
  footer,
}: {
  readonly content: string;
  readonly header?: string;
  readonly footer?: string;
}) => ({ text: content, header, footer });

function toTemplate({ header, ...given }: z.output<typeof template>): Command {
  const { body_texts: bodyTexts, body_values: bodyValues, ...rest } = given;
  const filled = { bodyTexts, bodyValues, header: header && toHeader(header) };
  return compact({ type: "template", ...rest, ...filled });
}

const toHeader = (header: NonNullable<z.output<typeof template>["header"]>): TemplateHeader => {
  if (header.type === "text") return header;
  const { type, media_url: url, file_name: fileName } = header;
  return compact({ type, link: url, fileName });
};
