/** Another way to the same messenger: https://wazzup24.com/help/api-en/working-with-channels/ */
const messengers = new Map([
  ["wapi", "whatsapp"],
  ["tgapi", "telegram"],
  ["maxbot", "max"],
]);

export const messengerOf = (transport: string): string => messengers.get(transport) ?? transport;

const groupTypes = new Map([
  ["whatsapp", "whatsgroup"],
  ["telegram", "telegroup"],
]);

/** Which chats a channel writes to: those of its messenger, groups among them. */
export function chatTypesOf(transport: string): readonly string[] {
  const messenger = messengerOf(transport);
  const group = groupTypes.get(messenger);
  return group === undefined ? [messenger] : [messenger, group];
}

const withButtons = new Set(["wapi", "telegram", "maxbot"]);

export const hasButtons = (transport: string): boolean => withButtons.has(transport);
