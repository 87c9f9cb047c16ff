import { z } from "zod";
import {
  filled,
  id,
  items,
  line,
  part,
  peerId,
  text,
  word,
} from "#shared/providers/wire-fields.ts";

const year2100 = Date.UTC(2100, 0);

const readMoment = (value: unknown): string | undefined => {
  const ms = typeof value === "string" ? parseIso(value) : value;
  if (typeof ms !== "number" || !(ms > 0 && ms < year2100)) return undefined;
  return new Date(Math.floor(ms)).toISOString();
};

/** Wazzup's documents leave the zone out, its samples say UTC. */
const parseIso = (value: string): number =>
  Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);

/** Milliseconds since 1970, or a date as text. */
const moment = z.unknown().optional().transform(readMoment);

const flag = z.boolean().optional().catch(undefined);

const fault = part({ error: word, description: line });

const contact = part({ name: line, username: line, phone: line });

/** https://wazzup24.com/help/webhooks/ : one for a message, its edit and its deletion. */
const message = z.object({
  messageId: id,
  channelId: id,
  chatType: word,
  chatId: peerId,
  dateTime: moment,
  type: word,
  status: word,
  error: fault,
  text,
  contentUri: filled,
  isEcho: flag,
  sentFromApp: flag,
  authorId: word,
  authorName: word,
  contact,
  quotedMessage: part({ messageId: id }),
  instPost: part({}),
  isEdited: flag,
  isDeleted: flag,
});

const receipt = z.object({
  messageId: id,
  timestamp: moment,
  status: word,
  error: fault,
});

const channelUpdate = z.object({ channelId: id, state: word, timestamp: moment });

const webhook = z.object({
  messages: items(message),
  statuses: items(receipt),
  channelsUpdates: items(channelUpdate),
  createContact: z.unknown().optional(),
  createDeal: z.unknown().optional(),
  test: z.unknown().optional(),
});

export type WireMessage = z.infer<typeof message>;
export type WireReceipt = z.infer<typeof receipt>;
export type WireChannelUpdate = z.infer<typeof channelUpdate>;
export type WireWebhook = z.infer<typeof webhook>;

/** A body of the API, or undefined where it is no object. */
export const readWebhook = (body: unknown): WireWebhook | undefined => webhook.safeParse(body).data;

/** What a body of the API may hold; `templateStatus` has both spellings. */
const keys = [
  "messages",
  "statuses",
  "channelsUpdates",
  "createContact",
  "createDeal",
  "templateStatus",
  "templateStatuses",
  "test",
] as const;

/** True for an object with a key of the API. */
export const isApiBody = (body: object): boolean => keys.some((key) => Object.hasOwn(body, key));
