import { z } from "zod";
import type { LedgerButton } from "#simulators/ledger.ts";
import { refuseInvalid } from "./chatrace-error.ts";

/** What a send says, in the ledger's words. */
export interface ReadSend {
  readonly type: string;
  readonly text: string;
  readonly buttons: readonly LedgerButton[];
  /** Where its file is. */
  readonly link?: string;
}

const channel = z.enum(["instagram", "messenger", "whatsapp", "omnichannel"]).optional();
const text = z.looseObject({ text: z.string().min(1), channel });
const fileType = z.enum(["image", "video", "audio", "file"]);
const file = z.looseObject({ url: z.url(), type: fileType, channel });

const quickReply = z.object({
  content_type: z.literal("text"),
  title: z.string().min(1).max(20),
  payload: z.string(),
});
const attachment = z.object({ type: fileType, payload: z.object({ url: z.url() }) });
const bubble = z.union([
  z.strictObject({ text: z.string().min(1), quick_replies: z.array(quickReply).max(3).optional() }),
  z.strictObject({ attachment }),
]);
const content = z.strictObject({
  messages: z.array(z.strictObject({ message: bubble })).min(1),
  actions: z.array(z.looseObject({ action: z.string() })),
  channel,
});

export function readText(body: unknown): ReadSend {
  return { type: "text", text: parse(text, body).text, buttons: [] };
}

export function readFile(body: unknown): ReadSend {
  const { url, type } = parse(file, body);
  return { type, text: "", buttons: [], link: url };
}

/** Several bubbles are one entry: they were accepted together. */
export function readContent(body: unknown): ReadSend {
  const bubbles = parse(content, body).messages.map(({ message }) => message);
  const files = bubbles.flatMap((each) => ("attachment" in each ? [each.attachment] : []));
  const texts = bubbles.flatMap((each) => ("attachment" in each ? [] : [each]));
  const replies = texts.flatMap(({ quick_replies: some = [] }) => some);
  const [first] = files;
  return {
    type: first?.type ?? "text",
    text: texts.map((each) => each.text).join("\n"),
    buttons: replies.map(({ title, payload }) => ({ id: payload, title })),
    ...(first === undefined ? {} : { link: first.payload.url }),
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw refuseInvalid(issue?.path.join(".") ?? "body", issue?.message ?? "is invalid");
}
