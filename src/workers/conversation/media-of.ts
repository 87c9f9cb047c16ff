import type { Conversation } from "#shared/domain/conversation.ts";
import { mediaIdOf, type MediaFile } from "#shared/models/media.ts";

/** The file that the turn's message brought, to be fetched once the message is there. */
export function mediaOf(
  { _id, tenantId, channelId, peer, last, committedAt }: Conversation,
  sweepAfterMs: number,
): MediaFile | undefined {
  const media = last?.media;
  const isSomewhere = media?.id !== undefined || media?.url !== undefined;
  if (last?.state !== "applied" || last.echo === true || !isSomewhere) return undefined;
  const { providerMessageId } = last;
  const createdAt = committedAt ?? new Date(0);
  return {
    _id: mediaIdOf(last._id),
    schemaVersion: 1,
    tenantId,
    state: "waiting",
    from: {
      channelId,
      conversationId: _id,
      messageId: last._id,
      ...(providerMessageId === undefined ? {} : { providerMessageId }),
      chatId: peer,
      media,
    },
    ...(media.fileName === undefined ? {} : { fileName: media.fileName }),
    attempt: 0,
    createdAt,
    sweepAt: new Date(createdAt.getTime() + sweepAfterMs),
  };
}
