import { z } from "zod";
import {
  at,
  code,
  filled,
  id,
  items,
  line,
  part,
  peerId,
  text,
  word,
} from "#shared/providers/wire-fields.ts";

const error = z.object({
  code,
  title: line,
  message: line,
  details: line,
  error_data: part({ details: line }),
});

const media = part({
  id,
  mime_type: filled,
  sha256: filled,
  filename: filled,
  url: filled,
  caption: filled,
});

const content = z.object({
  type: text,
  text: part({ body: text }),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location: part({}),
  contacts: z.array(z.unknown()).optional().catch(undefined),
  reaction: part({ message_id: id, emoji: filled }),
  interactive: part({
    type: text,
    button_reply: part({ id: text, title: text }),
    list_reply: part({ id: text, title: text }),
    nfm_reply: part({ response_json: text }),
  }),
  button: part({ text, payload: text }),
  order: part({ text: filled }),
  system: part({ type: text, wa_id: peerId, new_wa_id: peerId, user_id: peerId }),
});

const message = content.extend({
  id,
  timestamp: at,
  from: peerId,
  from_user_id: peerId,
  to: peerId,
  to_user_id: peerId,
  group_id: peerId,
  context: part({ id }),
  referral: part({ source_type: word, source_id: id, source_url: line, headline: line }),
  edit: part({ original_message_id: id, message: content.optional().catch(undefined) }),
  revoke: part({ original_message_id: id }),
  errors: items(error),
});

const contact = z.object({ wa_id: peerId, user_id: peerId, profile: part({ name: line }) });

const status = z.object({
  id,
  type: text,
  status: word,
  timestamp: at,
  recipient_id: peerId,
  recipient_user_id: peerId,
  biz_opaque_callback_data: filled,
  errors: items(error),
});

const call = z.object({
  id,
  timestamp: at,
  from: peerId,
  from_user_id: peerId,
  to: peerId,
  to_user_id: peerId,
  direction: text,
  event: word,
  status: word,
});

const value = z.object({
  metadata: part({ phone_number_id: id, display_phone_number: text }),
  contacts: items(contact),
  messages: items(message),
  message_echoes: items(message),
  statuses: items(status),
  calls: items(call),
  errors: items(error),
  event: word,
  decision: word,
  ban_info: part({ waba_ban_state: word }),
});

const envelope = z.object({
  object: z.literal("whatsapp_business_account"),
  entry: items(z.object({ changes: items(z.object({ field: word, value: z.unknown() })) })),
});

export type WireError = z.infer<typeof error>;
export type WireMedia = NonNullable<z.infer<typeof media>>;
export type WireContent = z.infer<typeof content>;
export type WireMessage = z.infer<typeof message>;
export type WireContact = z.infer<typeof contact>;
export type WireStatus = z.infer<typeof status>;
export type WireCall = z.infer<typeof call>;
export type WireValue = z.infer<typeof value>;

/** One change of one account; a value of another shape reads as an empty one. */
export interface Change {
  readonly field: string;
  readonly account: string | undefined;
  readonly value: WireValue;
}

/** Every change in a body, or undefined where the body is not WhatsApp's. */
export const readChanges = (body: unknown): readonly Change[] | undefined => {
  const read = envelope.safeParse(body);
  if (!read.success) return undefined;
  return read.data.entry.flatMap((entry) => (entry?.changes ?? []).map(readChange));
};

const readChange = (change: { field?: string | undefined; value?: unknown } | null): Change => {
  const read = value.safeParse(change?.value).data ?? value.parse({});
  return {
    field: change?.field ?? "(none)",
    account: read.metadata?.phone_number_id,
    value: read,
  };
};
