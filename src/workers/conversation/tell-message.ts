import type { Conversation } from "#shared/domain/conversation.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { maskPeer } from "#shared/runtime/log.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";

/** One line per message that a customer wrote; number and text only where the settings show content. */
export function tellMessage(
  { log, settings: { showContent } }: DrainPorts,
  { words }: Provider,
  conversation: Conversation,
): void {
  const { last, peer, _id, channelId } = conversation;
  if (last?.kind !== "message" || last.direction !== "in") return;
  const { text, providerMessageId: messageId } = last;
  const told = words?.applied({
    messageId,
    peer,
    name: conversation.contact?.name,
    text,
    showContent,
  });
  if (showContent && told === undefined) {
    log.info(framed(phoneOf(peer), last.text ?? `[${last.type}]`));
    return;
  }
  const facts = { event: "message.applied", conversationId: _id, channelId, from: maskPeer(peer) };
  log.info({ ...facts, type: last.type, late: last.late }, told);
}

const line = "=".repeat(60);

/** The block that the users' own documents show. */
const framed = (phone: string, text: string): string =>
  `\n${line}\n📱 НОВОЕ СООБЩЕНИЕ ИЗ WHATSAPP\n📞 Номер телефона: ${phone}\n💬 Сообщение: ${text}\n${line}`;

const phoneOf = (peer: string): string => {
  const digits = /^(\d{5,15})(@c\.us)?$/.exec(peer)?.[1];
  return digits === undefined ? peer : `+${digits}`;
};
