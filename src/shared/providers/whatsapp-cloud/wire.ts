import { z } from "zod";
import {
  at,
  code,
  filled,
  id,
  items,
  latitude,
  line,
  longitude,
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

const card = z.object({
  name: part({ formatted_name: line, first_name: line }),
  phones: items(z.object({ phone: line, wa_id: id })),
  emails: items(z.object({ email: line })),
  org: part({ company: line }),
});

const content = z.object({
  type: text,
  text: part({ body: text }),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location: part({ latitude, longitude, name: line, address: line }),
  contacts: z.array(card.nullable().catch(null)).optional().catch(undefined),
  reaction: part({ message_id: id, emoji: filled }),
  interactive: part({
    type: text,
    button_reply: part({ id: text, title: text }),
    list_reply: part({ id: text, title: text }),
    nfm_reply: part({ response_json: text }),
  }),
  button: part({ text, payload: text }),
  order: part({ text: filled }),
  system: part({
    type: text,
    wa_id: peerId,
    new_wa_id: peerId,
    user_id: peerId,
    previous_user_id: peerId,
  }),
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

const contact = z.object({
  wa_id: peerId,
  user_id: peerId,
  profile: part({ name: line, username: line }),
});

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

/** Chats of before the number came to the API. */
const past = z.object({
  threads: items(z.object({ id: peerId, messages: items(message) })),
  errors: items(error),
});

const why = { reason: line, recommendation: line, title: line, description: line };
const alert = { alert_severity: word, alert_type: word, alert_description: line };

/** What the fields about the account itself hold. */
const account = {
  event: word,
  decision: word,
  ban_info: part({ waba_ban_state: word }),
  waba_info: part({ waba_id: id }),
  violation_info: part({ violation_type: word }),
  restriction_info: items(z.object({ restriction_type: word })),
  display_phone_number: line,
  phone_number: line,
  current_limit: word,
  max_daily_conversations_per_business: word,
  reason: word,
  rejection_reason: line,
  rejection_info: part(why),
  other_info: part(why),
  message_template_name: line,
  message_template_language: word,
  previous_quality_score: word,
  new_quality_score: word,
  previous_category: word,
  new_category: word,
  alert_info: part(alert),
  ...alert,
};

const value = z.object({
  ...account,
  metadata: part({ phone_number_id: id, display_phone_number: text }),
  contacts: items(contact),
  messages: items(message),
  message_echoes: items(message),
  statuses: items(status),
  calls: items(call),
  errors: items(error),
  history: items(past),
});

const envelope = z.object({
  object: z.literal("whatsapp_business_account"),
  entry: items(
    z.object({ id, time: at, changes: items(z.object({ field: word, value: z.unknown() })) }),
  ),
});

export type WireCard = z.infer<typeof card>;
export type WireError = z.infer<typeof error>;
export type WireMedia = NonNullable<z.infer<typeof media>>;
export type WireContent = z.infer<typeof content>;
export type WireMessage = z.infer<typeof message>;
export type WireContact = z.infer<typeof contact>;
export type WireStatus = z.infer<typeof status>;
export type WirePast = z.infer<typeof past>;
export type WireCall = z.infer<typeof call>;
export type WireValue = z.infer<typeof value>;

/** One change of one account; a value of another shape reads as an empty one. */
export interface Change {
  readonly field: string;
  readonly account: string | undefined;
  /** The business account, where no number is named. */
  readonly business: string | undefined;
  readonly at: string | undefined;
  readonly value: WireValue;
}

/** Every change in a body, or undefined where the body is not WhatsApp's. */
export const readChanges = (body: unknown): readonly Change[] | undefined => {
  const read = envelope.safeParse(body);
  if (!read.success) return undefined;
  return read.data.entry.flatMap((entry) =>
    (entry?.changes ?? []).map((change) => readChange(change, entry)),
  );
};

type Entry = z.infer<typeof envelope>["entry"][number];

const readChange = (
  change: { field?: string | undefined; value?: unknown } | null,
  entry: Entry,
): Change => {
  const read = value.safeParse(change?.value).data ?? value.parse({});
  const number = read.metadata?.phone_number_id;
  // An entry about a partner is called by the partner: the account stands inside.
  const business = read.waba_info?.waba_id ?? entry?.id;
  return {
    field: change?.field ?? "(none)",
    account: number,
    business: number === undefined ? business : undefined,
    at: entry?.time,
    value: read,
  };
};
