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
  const { last, peer, _id, channelId, contact } = conversation;
  if (last?.kind !== "message" || last.direction !== "in") return;
  const { text, type, providerMessageId: messageId, late } = last;
  const { name, phone } = contact ?? {};
  const facts = { event: "message.applied", conversationId: _id, channelId, from: maskPeer(peer) };
  const told = words?.applied({ messageId, peer, name, phone, type, text, showContent });
  log.info({ ...facts, type, late }, told);
}
