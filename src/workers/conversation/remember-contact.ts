import { clip } from "#shared/bot/clip.ts";
import type { TagChange } from "#shared/domain/contact.ts";
import type { KnownContact } from "#shared/domain/conversation.ts";

/** The conversation's document is written with every turn: it keeps no more than a scenario reads. */
const mostFields = 64;
const mostTags = 64;
const longestValue = 1024;

/** The contact as the next turn shall know it. */
export function rememberContact(
  contact: KnownContact,
  saved: Readonly<Record<string, string>>,
  tags: TagChange | undefined,
): KnownContact {
  return {
    ...contact,
    ...(Object.keys(saved).length === 0 ? {} : { fields: withFields(contact, saved) }),
    ...(tags === undefined ? {} : { tags: withTags(contact, tags) }),
  };
}

/** The youngest stay. */
function withFields(
  { fields }: KnownContact,
  saved: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const older = Object.entries(fields ?? {}).filter(([name]) => !Object.hasOwn(saved, name));
  const younger = Object.entries(saved).map(([name, value]): [string, string] => [
    name,
    clip(value, longestValue),
  ]);
  return Object.fromEntries([...older, ...younger].slice(-mostFields));
}

const withTags = ({ tags }: KnownContact, { add, remove }: TagChange): readonly string[] =>
  [...new Set([...(tags ?? []).filter((tag) => !remove.includes(tag)), ...add])].slice(-mostTags);
