import type { Event } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { readContent } from "./message-types.ts";
import type { WireWebhook } from "./wire.ts";

/** One message; `origin` says that it went out, and from where. */
export const normalizeMessage = (
  webhook: WireWebhook,
  origin: "phone" | "api" | undefined,
): Event | undefined => {
  const { chatId, sender } = webhook.senderData ?? {};
  if (chatId === undefined && (origin !== undefined || sender === undefined)) return undefined;
  return compact({
    kind: "message",
    direction: origin === undefined ? "in" : "out",
    origin,
    ...readContent(webhook.messageData),
    ...readVotes(webhook),
    messageId: webhook.idMessage,
    chatId,
    senderId: sender,
    channelId: webhook.instanceData?.idInstance,
    at: webhook.timestamp,
    ...(origin === undefined ? describeSender(webhook) : describeChat(webhook)),
  });
};

/** What the sender has chosen by now: each update tells everybody's votes anew. */
const readVotes = ({ messageData, senderData }: WireWebhook): { readonly payload?: string } => {
  if (messageData?.typeMessage !== "pollUpdateMessage") return {};
  const { sender } = senderData ?? {};
  const chosen = (messageData.pollMessageData?.votes ?? []).flatMap((vote) =>
    vote?.optionVoters.includes(sender) === true ? [vote.optionName ?? ""] : [],
  );
  return { payload: JSON.stringify(chosen) };
};

type Person = Readonly<Record<"name" | "phone", string | undefined>> & {
  readonly identities: readonly string[] | undefined;
};

const describeSender = ({ senderData }: WireWebhook): Person => {
  const { chatId, sender, senderName, senderContactName } = senderData ?? {};
  return {
    name: senderName ?? senderContactName,
    phone: readPhone(sender) ?? readPhone(chatId),
    identities: listIdentities([chatId, sender]),
  };
};

/** Of an outgoing message the chat is the contact; its sender is our own number. */
const describeChat = ({ senderData }: WireWebhook): Person => {
  const { chatId, chatName } = senderData ?? {};
  const identities = listIdentities([chatId]);
  const isPersonal = identities !== undefined;
  return { name: isPersonal ? chatName : undefined, phone: readPhone(chatId), identities };
};

/** Groups have members, not identities. A personal chat may be known by number and by @lid. */
const listIdentities = (ids: readonly (string | undefined)[]): readonly string[] | undefined => {
  const known = ids.filter((id) => id !== undefined);
  const isPersonal = known.length > 0 && known.every((id) => /^\d+@(c\.us|lid)$/.test(id));
  return isPersonal ? [...new Set(known)] : undefined;
};

/** Digits of a `@c.us` id only: a @lid is no number (https://green-api.com/en/docs/faq/lid-important-differences/). */
const readPhone = (id: string | undefined): string | undefined =>
  /^(\d+)@c\.us$/.exec(id ?? "")?.[1];
