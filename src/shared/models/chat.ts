import type { MessageRecord } from "#shared/domain/conversation.ts";
import { mediaIdOf, type MediaFile } from "#shared/models/media.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { Place } from "#shared/models/place.ts";

/** One line of a chat: what came in or was done, or what we send; with its file, where it has one. */
export type ChatEntry = Place & { readonly file?: MediaFile } & (
    | { readonly message: MessageRecord }
    | { readonly send: Outgoing }
  );

/** A page of a conversation, the youngest first: both collections in one order. */
export async function readChat(
  models: Pick<Models, "messages" | "outgoing" | "media">,
  tenantId: string,
  conversationId: string,
  page: { readonly after?: Place; readonly limit: number },
): Promise<readonly ChatEntry[]> {
  const { messages, outgoing } = models;
  const [came, sends] = await Promise.all([
    messages.listOf(tenantId, conversationId, page),
    outgoing.listOf(tenantId, conversationId, page),
  ]);
  const all: ChatEntry[] = [
    ...came.map((message) => ({ at: message.sentAt, id: message._id, message })),
    ...sends.map((send) => ({ at: send.createdAt, id: send._id, send })),
  ];
  return withFiles(models, tenantId, all.toSorted(byTime).slice(0, page.limit));
}

/** The same entries with what is known of their files. */
export async function withFiles(
  { media }: Pick<Models, "media">,
  tenantId: string,
  entries: readonly ChatEntry[],
): Promise<readonly ChatEntry[]> {
  const ids = entries.flatMap((entry) => fileIdOf(entry) ?? []);
  if (ids.length === 0) return entries;
  const files = new Map((await media.readAll(tenantId, ids)).map((file) => [file._id, file]));
  return entries.map((entry) => {
    const file = files.get(fileIdOf(entry) ?? "");
    return file === undefined ? entry : { ...entry, file };
  });
}

function fileIdOf(entry: ChatEntry): string | undefined {
  if ("message" in entry) return entry.message.media && mediaIdOf(entry.message._id);
  const { command } = entry.send;
  return "mediaId" in command ? command.mediaId : undefined;
}

const byTime = (a: Place, b: Place): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);
