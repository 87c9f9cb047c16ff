import type { Method } from "./ask.ts";
import { nameContact, nameLocation, type Past, type Queued } from "./wire-journal.ts";

type Sent = Required<Method>;

/** True where a queued item says what was sent. */
export const isSameInQueue = (item: Queued, sent: Sent): boolean =>
  item.chatId === sent.json["chatId"] &&
  item.isFile === isFile(sent) &&
  trim(item.text) === readSaid(sent);

/** True where a past message says what was sent; the chat is the one that was asked for. */
export const isSameInHistory = (item: Past, sent: Sent): boolean => {
  if (!item.isByApi || item.isFile !== isFile(sent)) return false;
  const said = readSaid(sent);
  return said === "" ? item.texts.length === 0 : item.texts.some((text) => trim(text) === said);
};

const isFile = ({ name }: Sent): boolean => name === "sendFileByUrl";

/** A file is known by its caption: its link and name may become Green API's own. */
const readSaid = ({ json }: Sent): string => {
  const { latitude, longitude, contact, message, body, caption } = json;
  return (
    nameLocation({ latitude, longitude }) ??
    nameContact(contact) ??
    trim(message ?? body ?? caption)
  );
};

const trim = (text: unknown): string => (typeof text === "string" ? text.trim() : "");
