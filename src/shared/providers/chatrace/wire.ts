import { z } from "zod";
import { filled, id, items, line, part, peerId, word } from "#shared/providers/wire-fields.ts";

/** A variable of Chatrace's that was not filled in. */
export const isVariable = (text: string | undefined): boolean =>
  text !== undefined && /^\s*\{\{[^{}]*\}\}\s*$/.test(text);

/** A field in which a variable that was not filled in counts as absent. */
const rendered = <Field extends z.ZodType<string | undefined>>(field: Field) =>
  field.transform((value) => (isVariable(value) ? undefined : value));

const peer = rendered(peerId);
const messageId = rendered(id);
const name = rendered(line);

const year2100Ms = 4_102_444_800_000;
/** Numbers above it are milliseconds: as seconds they would lie beyond the year 5000. */
const mostSeconds = 1e11;

const readTime = (value: unknown): string | undefined => {
  const ms = typeof value === "string" && !/^\d+$/.test(value) ? parseDate(value) : count(value);
  return ms > 0 && ms < year2100Ms ? new Date(ms).toISOString() : undefined;
};

const count = (value: unknown): number => {
  const number = typeof value === "string" || typeof value === "number" ? Number(value) : 0;
  return Math.floor(number > mostSeconds ? number : number * 1000);
};

/** Without its zone a time may be hours off: then the arrival is closer to the truth. */
const parseDate = (text: string): number =>
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : 0;

const time = z.unknown().optional().transform(readTime);

const person = part({ id: peer, username: name, name });

/** The message as a text, or as an object of its own. */
const message = z
  .union([
    filled.pipe(z.string()),
    z.object({
      mid: messageId,
      id: messageId,
      text: filled,
      content: filled,
      body: filled,
      timestamp: time,
    }),
  ])
  .optional()
  .catch(undefined);

const isTrue = z.literal(true).optional().catch(undefined);

/** The template of ours, and every spelling that the first users' software took. */
const flat = z.object({
  contact_id: peer,
  senderId: peer,
  userId: peer,
  fromId: peer,
  from: person,
  sender: person,
  user: person,
  messageId,
  id: messageId,
  message_id: messageId,
  text: filled,
  content: filled,
  body: filled,
  message,
  full_name: name,
  senderName: name,
  fromName: name,
  name,
  username: name,
  timestamp: time,
  time,
  created_at: time,
  attachment_url: rendered(filled),
  attachment_type: rendered(word),
  account_id: id.transform((value) => (/^\d{3,20}$/.test(value ?? "") ? value : undefined)),
  is_echo: isTrue,
  fromMe: isTrue,
  direction: word,
});

const attachment = z.object({ type: word, payload: part({ url: filled }) });

/** https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages */
const graphMessage = part({
  mid: id,
  text: filled,
  attachments: items(attachment),
  is_echo: isTrue,
  is_deleted: isTrue,
  is_unsupported: isTrue,
  app_id: id,
  quick_reply: part({ payload: filled }),
  reply_to: part({ mid: id, story: part({ id }) }),
});

const messaging = z.object({
  sender: person,
  recipient: person,
  timestamp: time,
  message: graphMessage,
  postback: part({ mid: id, title: filled, payload: filled }),
  reaction: part({ mid: id, action: word, reaction: word, emoji: filled }),
  read: part({ mid: id }),
});

const graph = z.object({ entry: items(z.object({ messaging: items(messaging) })) });

export type WireFlat = z.infer<typeof flat>;
export type WireMessaging = z.infer<typeof messaging>;
export type WireGraphMessage = NonNullable<WireMessaging["message"]>;

/** One message of the flat forms; undefined where it is no object. */
export const readFlat = (body: unknown): WireFlat | undefined => flat.safeParse(body).data;

/** What happened in a body of Instagram's own form; undefined where it is none. */
export const readGraph = (body: unknown): readonly WireMessaging[] | undefined => {
  if (typeof body !== "object" || body === null || !("entry" in body)) return undefined;
  const entries = graph.safeParse(body).data?.entry;
  return entries?.flatMap((entry) => entry?.messaging ?? []).filter((each) => each !== null);
};
