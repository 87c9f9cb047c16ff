import type { ApiDeps } from "#api/deps.ts";
import { cursorNow, roomOf, type LiveServer } from "#api/live/events.ts";
import { showConversation } from "#api/rest/conversations/show-conversation.ts";
import { showEntry } from "#api/rest/conversations/show-entry.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { Changes } from "#shared/live/changes.ts";
import { isShown } from "#shared/models/messages.ts";
import { outgoingIdOf } from "#shared/models/outgoing.ts";
import { readChat, withFiles, type ChatEntry } from "#shared/models/chat.ts";

/** What of a chat is told again when more happened than its document remembers. */
const lastEntries = 20;

/** Reads what changed, once for all who watch here, and tells each tenant its own. */
export function createShow(api: ApiDeps, io: LiveServer): (changes: Changes) => void {
  const isWatched = ({ tenantId }: { readonly tenantId: string }): boolean =>
    io.sockets.adapter.rooms.has(roomOf(tenantId));

  const show = async (tenantId: string, entry: ChatEntry) => {
    const [whole = entry] = await withFiles(api.models, tenantId, [entry]);
    return showEntry(whole, api.mediaLinks);
  };

  /** A file came, or will not come: its message is another one to look at. */
  const tellFiles = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    for (const file of (await api.models.media.readSome(ids)).filter(isWatched)) {
      const found =
        file.from && (await api.models.messages.find(file.tenantId, file.from.messageId));
      if (found === undefined || found === null || !isShown(found)) continue;
      const entry = { at: found.sentAt, id: found._id, message: found, file };
      const message = showEntry(entry, api.mediaLinks);
      const told = { conversation_id: found.conversationId, message, cursor: cursorNow() };
      io.to(roomOf(file.tenantId)).emit("message", told);
    }
  };

  const tellSends = async (ids: readonly string[], event: "message" | "status"): Promise<void> => {
    if (ids.length === 0) return;
    for (const send of (await api.models.outgoing.readAll(ids)).filter(isWatched)) {
      const message = await show(send.tenantId, { at: send.createdAt, id: send._id, send });
      const told = { conversation_id: send.conversationId, message, cursor: cursorNow() };
      io.to(roomOf(send.tenantId)).emit(event, told);
    }
  };

  /** The document has what its last turn did; after several turns the chat itself is read. */
  const tellTurn = async (conversation: Conversation, isOne: boolean): Promise<void> => {
    const { _id, tenantId, last, effects } = conversation;
    const room = io.to(roomOf(tenantId));
    room.emit("conversation", {
      conversation: showConversation(conversation),
      cursor: cursorNow(),
    });
    if (!isOne) {
      const entries = await readChat(api.models, tenantId, _id, { limit: lastEntries });
      for (const entry of entries.toReversed())
        room.emit("message", {
          conversation_id: _id,
          message: showEntry(entry, api.mediaLinks),
          cursor: cursorNow(),
        });
      return;
    }
    if (last !== undefined && isShown(last)) {
      const message = await show(tenantId, { at: last.sentAt, id: last._id, message: last });
      room.emit("message", { conversation_id: _id, message, cursor: cursorNow() });
    }
    const sends = effects.flatMap((effect) =>
      effect.kind === "outgoing" ? [outgoingIdOf(_id, effect.lane, effect.sequence)] : [],
    );
    await tellSends(sends, "message");
  };

  const tell = async ({ turns, sends, media, typing }: Changes): Promise<void> => {
    for (const { tenantId, conversationId, userId, isTyping } of typing)
      io.to(roomOf(tenantId)).emit("typing", {
        conversation_id: conversationId,
        user_id: userId,
        is_typing: isTyping,
      });
    const versions = Map.groupBy(turns, ([id]) => id);
    const changed =
      versions.size === 0 ? [] : await api.models.conversations.readAll([...versions.keys()]);
    for (const conversation of changed.filter(isWatched)) {
      if (conversation.movedTo !== undefined) continue;
      const told = versions.get(conversation._id) ?? [];
      await tellTurn(conversation, told.length === 1 && told[0]?.[1] === conversation.version);
    }
    await tellSends([...new Set(sends)], "status");
    await tellFiles([...new Set(media)]);
  };

  let telling = Promise.resolve();
  return (changes) => {
    if (io.sockets.sockets.size === 0) return;
    // One after another: a page must not see an older state after a newer one.
    telling = telling
      .then(() => tell(changes))
      .catch((error: unknown) => {
        api.log.warn({ event: "live.failed", err: error });
        io.emit("resync", { cursor: cursorNow() });
      });
  };
}
