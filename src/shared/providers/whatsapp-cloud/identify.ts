import { compact } from "#shared/providers/compact.ts";
import type { FindContact } from "./directory.ts";
import type { WireCall, WireMessage, WireValue } from "./wire.ts";

/** Who wrote a message. A number, where there is one, comes before the user id. */
export interface Sender {
  readonly id?: string;
  readonly identities: readonly string[];
  /** Where answers go from now on, when they changed their number or id. */
  readonly address?: string;
  readonly name?: string;
  readonly username?: string;
  readonly phone?: string;
}

/**
 * Users with a username may have no number (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids).
 */
export const identifySender = (message: WireMessage, findContact: FindContact): Sender => {
  const contact = findContact(message);
  const number = message.from ?? contact?.wa_id;
  const userId = message.from_user_id ?? contact?.user_id;
  const { wa_id, new_wa_id, user_id, previous_user_id: formerId } = message.system ?? {};
  const newNumber = new_wa_id ?? wa_id;
  const known = [number, newNumber, user_id, userId, formerId].filter((one) => one !== undefined);
  const phone = newNumber ?? number;
  return compact({
    id: number ?? userId,
    identities: [...new Set(known)],
    address: newNumber ?? (number === undefined ? user_id : undefined),
    name: contact?.profile?.name,
    username: contact?.profile?.username,
    phone: phone !== undefined && /^\d+$/.test(phone) ? phone : undefined,
  });
};

/** The conversation of an incoming message: its group, else its sender. */
export const findChat = (message: WireMessage, findContact: FindContact): string | undefined =>
  message.group_id ?? identifySender(message, findContact).id;

/** The conversation of what a person sent from the business's own phone. */
export const findEchoChat = (message: WireMessage): string | undefined =>
  message.group_id ?? message.to ?? message.to_user_id;

/** The other side of a call. Documented samples have `from` and `to` both ways round. */
export const findCaller = (call: WireCall, value: WireValue): string | undefined => {
  const own = value.metadata?.display_phone_number?.replace(/\D/g, "");
  const ends = [call.from, call.from_user_id, call.to, call.to_user_id];
  const ordered = call.direction === "BUSINESS_INITIATED" ? ends.toReversed() : ends;
  return ordered.find((end) => end !== undefined && end !== own);
};
