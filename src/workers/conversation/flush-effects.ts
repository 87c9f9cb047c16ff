import type { Conversation, Effect } from "#shared/domain/conversation.ts";
import { buildCrmAction, crmLaneOf, type CrmAction } from "#shared/models/crm-actions.ts";
import { laneKey } from "#shared/models/lane-items.ts";
import { outgoingIdOf, type Outgoing } from "#shared/models/outgoing.ts";
import { mediaOf } from "#workers/conversation/media-of.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";

/**
 * Writes what a committed turn wants, in order, each write repeatable; the message's own document
 * comes last, because it says that the flush is complete. Then the lane is woken.
 */
export async function flushEffects(ports: DrainPorts, conversation: Conversation): Promise<void> {
  for (const effect of conversation.effects) await flushEffect(ports, conversation, effect);
  const media = mediaOf(conversation, ports.settings.sweepAfterMs);
  if (media !== undefined) await ports.insertMedia(media);
  if (conversation.last !== undefined) await ports.insertMessage(conversation.last);
  if (media !== undefined) await ports.wake("media", media._id);
  if (conversation.effects.some(({ kind }) => kind === "outgoing"))
    await ports.wake("replies", conversation._id);
  await Promise.all(crmLanesOf(conversation).map((lane) => ports.wake("crm", lane)));
}

async function flushEffect(
  ports: DrainPorts,
  conversation: Conversation,
  effect: Effect,
): Promise<void> {
  const { _id, tenantId, channelId, version } = conversation;
  const at = conversation.committedAt ?? new Date(0);
  switch (effect.kind) {
    case "outgoing":
      await ports.insertOutgoing(outgoingOf(conversation, effect, ports.settings.sweepAfterMs));
      return;
    case "contact":
      await ports.applyContact({
        tenantId,
        channelId,
        conversationId: _id,
        version,
        at,
        ...effect,
      });
      await ports.noteTags(tenantId, effect.tags?.add ?? [], at);
      return;
    case "deal": {
      const { dealId, contactId, deal } = effect;
      const where = { tenantId, channelId, conversationId: _id };
      await ports.openDeal({ _id: dealId, ...where, contactId, ...deal, at });
      return;
    }
    case "crm":
      await ports.insertAction(actionOf(conversation, effect, ports.settings.sweepAfterMs));
      return;
    case "alert":
      await ports.raiseAlert({ tenantId, channelId, subject: _id, ...effect.alert });
      return;
    case "cancel":
      await ports.cancelQueued(_id, effect.lane, effect.upTo);
  }
}

const crmLanesOf = ({ _id, effects }: Conversation): readonly string[] => [
  ...new Set(effects.flatMap((each) => (each.kind === "crm" ? [crmLaneOf(_id, each.work)] : []))),
];

function actionOf(
  { _id, tenantId, channelId, peer, committedAt }: Conversation,
  { place, work }: Extract<Effect, { kind: "crm" }>,
  sweepAfterMs: number,
): CrmAction {
  const createdAt = committedAt ?? new Date(0);
  const sweepAt = new Date(createdAt.getTime() + sweepAfterMs);
  const whose = { tenantId, channelId, conversationId: _id, peer };
  return buildCrmAction({ ...whose, work, place, createdAt, sweepAt });
}

function outgoingOf(
  conversation: Conversation,
  effect: Extract<Effect, { kind: "outgoing" }>,
  sweepAfterMs: number,
): Outgoing {
  const { _id, tenantId, channelId, committedAt } = conversation;
  const { kind: _, ...asked } = effect;
  const createdAt = committedAt ?? new Date(0);
  return {
    _id: outgoingIdOf(_id, effect.lane, effect.sequence),
    schemaVersion: 1,
    tenantId,
    channelId,
    conversationId: _id,
    peer: conversation.address ?? conversation.peer,
    ...asked,
    state: "queued",
    open: laneKey(_id, effect.lane),
    attempt: 0,
    createdAt,
    sweepAt: new Date(createdAt.getTime() + sweepAfterMs),
  };
}
