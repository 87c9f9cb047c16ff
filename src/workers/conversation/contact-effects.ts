import type { TagChange } from "#shared/domain/contact.ts";
import type { Conversation, Effect, KnownContact } from "#shared/domain/conversation.ts";

/** Only what changed since the conversation last told it; one effect, for it counts once a version. */
export function contactEffects(
  { contact: known }: Conversation,
  contact: KnownContact,
  fields: Readonly<Record<string, string>>,
  tags: TagChange | undefined,
): readonly Effect[] {
  const set = {
    ...(contact.name !== undefined && contact.name !== known?.name ? { name: contact.name } : {}),
    ...(contact.username !== undefined && contact.username !== known?.username
      ? { username: contact.username }
      : {}),
    ...(contact.phone !== undefined && contact.phone !== known?.phone
      ? { phone: contact.phone }
      : {}),
  };
  const isTold = known !== undefined && Object.keys({ ...set, ...fields }).length === 0;
  if (isTold && tags === undefined) return [];
  const change = { contactId: contact.id, set, fields, ...(tags === undefined ? {} : { tags }) };
  return [{ kind: "contact", ...change }];
}
