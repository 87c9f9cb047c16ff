import type { WireContact, WireMessage, WireValue } from "./wire.ts";

/** Finds the contact that a message is from. */
export type FindContact = (message: WireMessage) => WireContact | undefined;

/**
 * Contacts by number and user id, never by place in the list; built once per change, for a body may
 * hold tens of thousands of both.
 */
export const buildDirectory = (value: WireValue): FindContact => {
  const contacts = value.contacts.filter((contact) => contact !== null);
  const byNumber = index(contacts, ({ wa_id }) => wa_id);
  const byUserId = index(contacts, ({ user_id }) => user_id);
  const unclaimed = findUnclaimed(contacts, value);
  return (message) => {
    const { from, from_user_id: userId } = message;
    const named = (from && byNumber.get(from)) ?? (userId && byUserId.get(userId));
    return named || (message.system && from === undefined ? unclaimed : undefined);
  };
};

const index = (
  contacts: readonly WireContact[],
  keyOf: (contact: WireContact) => string | undefined,
): ReadonlyMap<string, WireContact> =>
  new Map(
    contacts.toReversed().flatMap((contact) => {
      const key = keyOf(contact);
      return key === undefined ? [] : [[key, contact]];
    }),
  );

/** A system message of a changed user id names only the old id; its sole contact is then its sender. */
const findUnclaimed = (
  contacts: readonly WireContact[],
  { messages }: WireValue,
): WireContact | undefined => {
  const [only, ...others] = contacts;
  if (only === undefined || others.length > 0 || only.user_id !== undefined) return undefined;
  const isClaimed = messages.some((message) => message !== null && message.from === only.wa_id);
  return isClaimed && only.wa_id !== undefined ? undefined : only;
};
