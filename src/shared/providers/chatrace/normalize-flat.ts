import type { Event, MessageEvent } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { readMediaType } from "./media-types.ts";
import { isVariable, type WireFlat } from "./wire.ts";

/** One message; `nobody` wrote it, or it is one of `ours`. `userId`: whom Chatrace's own header names. */
export const normalizeFlat = (
  flat: WireFlat,
  userId: string | undefined,
): Event | "nobody" | "ours" => {
  if (isOurs(flat)) return "ours";
  const sender = findSender(flat, userId);
  if (sender === undefined) return "nobody";
  const message = typeof flat.message === "object" ? flat.message : undefined;
  return compact({
    kind: "message",
    direction: "in",
    ...readContent(flat),
    messageId: flat.messageId ?? flat.id ?? flat.message_id ?? message?.mid ?? message?.id,
    chatId: sender,
    senderId: sender,
    channelId: flat.account_id,
    at: flat.timestamp ?? flat.time ?? flat.created_at ?? message?.timestamp,
    name: findName(flat),
    username: findUsername(flat),
  });
};

const isOurs = ({ is_echo: isEcho, fromMe, direction }: WireFlat): boolean =>
  isEcho === true || fromMe === true || /^out/i.test(direction ?? "");

/** Of the template the header is the surer word: Chatrace writes it, a person wrote the body. */
const findSender = (flat: WireFlat, userId: string | undefined): string | undefined => {
  if (flat.contact_id !== undefined) return userId || flat.contact_id;
  const { senderId, fromId, from, sender, user } = flat;
  return (
    senderId ?? flat.userId ?? fromId ?? from?.id ?? sender?.id ?? user?.id ?? (userId || undefined)
  );
};

const findName = ({ from, sender, user, ...flat }: WireFlat): string | undefined =>
  flat.full_name ??
  flat.senderName ??
  flat.fromName ??
  flat.name ??
  flat.username ??
  [from, sender, user].map((each) => each?.name ?? each?.username).find(Boolean);

const findUsername = ({ from, sender, user, username }: WireFlat): string | undefined =>
  username ?? [from, sender, user].map((each) => each?.username).find(Boolean);

type Content = Partial<Pick<MessageEvent, "text" | "media">> & Pick<MessageEvent, "type">;

/** A text that is a variable was written by nobody: somebody wrote, but we were not told what. */
const readContent = (flat: WireFlat): Content => {
  const said = findText(flat);
  const isSaid = said !== undefined && !isVariable(said);
  const { attachment_url: url, attachment_type: type } = flat;
  if (url !== undefined)
    return { type: readMediaType(type, url), media: { url }, ...(isSaid && { text: said }) };
  if (isSaid) return { type: "text", text: said };
  return { type: said === undefined ? "unsupported" : "text" };
};

const findText = ({ text, message, content, body }: WireFlat): string | undefined => {
  const isText = typeof message === "string";
  const inside = isText ? undefined : message;
  return (
    text ??
    (isText ? message : undefined) ??
    content ??
    body ??
    inside?.text ??
    inside?.content ??
    inside?.body
  );
};
