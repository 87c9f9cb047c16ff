import type { DefaultPipeline } from "#shared/domain/deal.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Models } from "#shared/models/open-models.ts";
import { isDuplicate, isOutage } from "#shared/models/outage.ts";
import { buildOwnEntry } from "#shared/models/own-entry.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import type { StatusPorts } from "#workers/statuses/handle-statuses.ts";

type BoundModels = Pick<
  Models,
  | "webhooks"
  | "conversations"
  | "messages"
  | "media"
  | "outgoing"
  | "providerRefs"
  | "contacts"
  | "tags"
  | "deals"
  | "crmActions"
  | "alerts"
  | "channelMarks"
>;

interface World {
  readonly now: () => number;
  readonly wake: Wake;
  /** For a tenant that has none yet. */
  readonly defaultPipeline: DefaultPipeline;
}

/** The ports that are the models' own queries at the world's clock: a simulated worker has the same. */
export function bindModels(models: BoundModels, { now, wake, defaultPipeline }: World) {
  const date = (): Date => new Date(now());
  const both = {
    readOpenWebhooks: models.webhooks.readOpen,
    addKeys: (id, keys, moved) => models.webhooks.addKeys(id, keys, date(), moved),
    raiseAlert: (alert) => models.alerts.raise(alert, date()),
  } satisfies Partial<StatusPorts> & Partial<DrainPorts>;
  const lane = {
    ...both,
    endAlert: (name) => models.alerts.endNamed(name, date()),
    outgoing: models.outgoing,
    providerRefs: models.providerRefs,
    journalOwn: async (channel, key, event) => {
      await models.webhooks.insert(buildOwnEntry(channel, key, event, date()));
      await wake("conversations", conversationIdOf(channel._id, event.chatId));
    },
    lastInboundAt: async (id) => (await models.conversations.read(id))?.lastInboundAt,
    closePart: models.webhooks.closePart,
    raiseMark: models.channelMarks.raise,
  } satisfies Partial<StatusPorts>;
  const drain = {
    ...both,
    readConversation: models.conversations.read,
    readApplied: models.messages.readApplied,
    commit: models.conversations.commit,
    insertOutgoing: models.outgoing.insert,
    cancelQueued: (id, name, upTo) => models.outgoing.cancelQueued(id, name, upTo, date()),
    applyContact: models.contacts.apply,
    mergeContacts: (tenantId, of) =>
      models.contacts.merge(tenantId, of, { by: "provider", at: date() }),
    noteTags: models.tags.note,
    openDeal: (wish) => models.deals.open(wish, defaultPipeline),
    insertAction: models.crmActions.insert,
    insertMedia: models.media.insert,
    insertMessage: models.messages.insert,
    closePart: (id, key, parked) =>
      models.webhooks.closePart(id, key, date(), parked === undefined ? {} : { parked }),
    isContentFault: (error) => !isOutage(error) && !isDuplicate(error),
  } satisfies Partial<DrainPorts>;
  return { lane, drain };
}
