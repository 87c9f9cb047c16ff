/** The messenger of each way to be connected: https://wazzup24.com/help/api-en/working-with-channels/ */
const messengers: ReadonlyMap<string, string> = new Map([
  ["wapi", "whatsapp"],
  ["tgapi", "telegram"],
  ["maxbot", "max"],
]);

/** A WhatsApp group's id is longer than any phone number, or has a dash in it. */
const isWhatsappGroup = (chatId: string): boolean => /^\d{16,}$|^\d+-\d+$|@g\.us$/.test(chatId);

const isTelegramGroup = (chatId: string): boolean => chatId.startsWith("-");

/** What `POST /v3/message` wants to know beside the channel. */
export const chatTypeOf = (transport: string, chatId: string): string => {
  const messenger = messengers.get(transport) ?? transport;
  if (messenger === "whatsapp" && isWhatsappGroup(chatId)) return "whatsgroup";
  if (messenger === "telegram" && isTelegramGroup(chatId)) return "telegroup";
  return messenger;
};
