import type { MessageRecord } from "#shared/domain/conversation.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { Place } from "#shared/models/place.ts";

/** One line of a chat: what came in or was done, or what we send. */
export type ChatEntry = Place & ({ readonly message: MessageRecord } | { readonly send: Outgoing });

/** A page of a conversation, the youngest first: both collections in one order. */
export async function readChat(
  { messages, outgoing }: Pick<Models, "messages" | "outgoing">,
  tenantId: string,
  conversationId: string,
  page: { readonly after?: Place; readonly limit: number },
): Promise<readonly ChatEntry[]> {
  const [came, sends] = await Promise.all([
    messages.listOf(tenantId, conversationId, page),
    outgoing.listOf(tenantId, conversationId, page),
  ]);
  const all: ChatEntry[] = [
    ...came.map((message) => ({ at: message.sentAt, id: message._id, message })),
    ...sends.map((send) => ({ at: send.createdAt, id: send._id, send })),
  ];
  return all.toSorted(byTime).slice(0, page.limit);
}

const byTime = (a: Place, b: Place): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);
