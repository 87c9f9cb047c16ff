import { monotonicFactory } from "ulid";
import type { Call } from "#api/rest/route.ts";
import type { CrmEventType } from "#shared/domain/crm.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import { buildCrmAction, crmLaneOf } from "#shared/models/crm-actions.ts";

/** What one process tells in the same millisecond keeps its order. */
const nextPlace = monotonicFactory();

export interface Told {
  readonly type: CrmEventType;
  readonly contactId: string;
  /** Where it is known; else the contact's own. */
  readonly conversationId?: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Tells of what a person changed here: after what waits in the conversation by then. */
export async function tellConnections(
  { api, identity }: Call<unknown>,
  { type, contactId, conversationId = conversationOf(contactId), data }: Told,
): Promise<void> {
  const { tenantId, id: by } = identity;
  const now = new Date();
  const known = await api.models.connections.listOf(tenantId);
  const wanting = known.filter(({ active, events }) => active && events.includes(type));
  for (const { _id: connectionId } of wanting) {
    const whole = { conversation_id: conversationId, contact: { id: contactId }, by, ...data };
    const event = { type, timestamp: now.toISOString(), data: whole };
    const action = buildCrmAction({
      tenantId,
      channelId: "",
      conversationId,
      peer: "",
      work: { kind: "event", connectionId, event },
      // Behind every turn's place: those begin with zeros.
      place: nextPlace().toLowerCase(),
      createdAt: now,
      sweepAt: now,
    });
    await api.models.crmActions.insert(action);
    await api.wake("crm", crmLaneOf(conversationId, action.work));
  }
}

/** A lane's name stands in jobs: the hash, for a contact's id may hold a phone number. */
function conversationOf(contactId: string): string {
  const [channelId = "", ...peer] = contactId.split("|");
  return conversationIdOf(channelId, peer.join("|"));
}
