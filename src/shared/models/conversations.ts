import { Schema } from "mongoose";
import { createHash } from "node:crypto";
import type { Conversation, Mode } from "#shared/domain/conversation.ts";
import { createReader, createWriter } from "#shared/models/batches.ts";
import { after, type Place } from "#shared/models/place.ts";
import { searching } from "#shared/models/searching.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const conversationSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    peer: String,
    address: String,
    version: Number,
    commit: String,
    mode: String,
    status: String,
    session: Object,
    timers: [Object],
    wakeAt: Date,
    last: Object,
    effects: [Object],
    outSequence: Number,
    contact: Object,
    assignee: String,
    unread: Number,
    waitingSince: Date,
    firstAnswer: Object,
    preview: Object,
    lastMessageAt: Date,
    lastInboundAt: Date,
    lastSentAt: Date,
    lastSentIn: String,
    spoken: Object,
    committedAt: Date,
    linked: [String],
    movedTo: String,
    poison: Object,
  },
  { collection: "conversations", versionKey: false },
)
  .index({ wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $exists: true } } })
  .index({ tenantId: 1, status: 1, lastMessageAt: -1 });

/** Names nobody: ids stand in jobs, logs and Bull Board. */
export const conversationIdOf = (channelId: string, peer: string): string =>
  conversationIdOfContact(`${channelId}|${peer}`);

/** A contact that a channel brought is called by its channel and peer. */
export const conversationIdOfContact = (contactId: string): string =>
  createHash("sha256").update(contactId).digest("base64url").slice(0, 24);

export function createConversations(collection: Collection) {
  const write = createWriter(collection);
  return {
    read: createReader<Conversation>(collection),
    /**
     * The one guarded update of a turn: replaces the version that was read with the next. False when
     * somebody else was first; throws when the answer was lost.
     */
    commit: async (next: Conversation): Promise<boolean> => {
      const { _id, version, ...rest } = next;
      const answer = await write({
        id: _id,
        guard: { version: version - 1 },
        update: { $set: { ...rest, version }, ...unsetAbsent(next) },
        upsert: version === 1,
        mark: { field: "commit", value: next.commit },
      });
      return answer !== "missed";
    },
    find: (tenantId: string, id: string) => collection.findOne<Conversation>({ _id: id, tenantId }),
    /** Those that are there, of the tenant; what moved to another identity is none. */
    findAll: (tenantId: string, ids: readonly string[]) =>
      collection
        .find<Conversation>({ _id: { $in: [...ids] }, tenantId, movedTo: { $exists: false } })
        .toArray(),
    /** Of any tenant: whoever shows them looks whose they are. */
    readAll: (ids: readonly string[]) =>
      collection.find<Conversation>({ _id: { $in: [...ids] } }).toArray(),
    /** What was committed after a moment; a search within the tenant's conversations. */
    listChangedSince: (tenantId: string, since: Date, limit: number) =>
      collection
        .find<Conversation>({
          tenantId,
          status: { $in: ["active", "closed"] },
          committedAt: { $gt: since },
          movedTo: { $exists: false },
        })
        .limit(limit)
        .toArray(),
    /** The last written to first. */
    list: (tenantId: string, query: ConversationQuery) =>
      collection
        .find<Conversation>(filterOf(tenantId, query))
        .sort({ lastMessageAt: -1, _id: -1 })
        .limit(query.limit)
        .toArray(),
    /** When the customers of a channel's youngest conversations wrote last, the youngest first. */
    listHeardAt: async (tenantId: string, channelId: string, limit: number) => {
      const found = await collection
        .find<Pick<Conversation, "lastInboundAt">>(
          { tenantId, status: "active", channelId, lastInboundAt: { $exists: true } },
          { projection: { lastInboundAt: 1 } },
        )
        .sort({ lastMessageAt: -1 })
        .limit(limit)
        .toArray();
      return found
        .flatMap(({ lastInboundAt }) => lastInboundAt ?? [])
        .toSorted((a, b) => b.getTime() - a.getTime());
    },
    readDue: (now: Date, limit: number) =>
      collection
        .find<Pick<Conversation, "_id" | "wakeAt">>(
          { wakeAt: { $lte: now } },
          { projection: { wakeAt: 1 } },
        )
        .sort({ wakeAt: 1 })
        .limit(limit)
        .toArray(),
  };
}

/** Which conversations a list shows. */
export interface ConversationQuery {
  readonly status?: Conversation["status"];
  readonly mode?: Mode;
  readonly channelId?: string;
  /** `null`: nobody's. */
  readonly assignee?: string | null;
  readonly unread?: boolean;
  /** Part of a name, of a phone or of the last message. */
  readonly search?: string;
  readonly after?: Place;
  readonly limit: number;
}

/** What moved to another identity is no conversation of its own. */
const filterOf = (tenantId: string, query: ConversationQuery) => ({
  tenantId,
  status: query.status ?? { $in: ["active", "closed"] },
  movedTo: { $exists: false },
  lastMessageAt: { $exists: true },
  ...(query.mode === undefined ? {} : { mode: query.mode }),
  ...(query.channelId === undefined ? {} : { channelId: query.channelId }),
  ...(query.assignee === undefined ? {} : { assignee: query.assignee ?? { $exists: false } }),
  ...(query.unread === undefined
    ? {}
    : { unread: query.unread ? { $gt: 0 } : { $not: { $gt: 0 } } }),
  $and: [after("lastMessageAt", query.after), searching(query.search, searched)],
});

const searched = ["contact.name", "contact.phone", "contact.username", "peer", "preview.text"];

const optional = [
  "address",
  "session",
  "wakeAt",
  "contact",
  "assignee",
  "waitingSince",
  "firstAnswer",
  "lastInboundAt",
  "lastSentAt",
  "lastSentIn",
  "spoken",
  "movedTo",
  "poison",
  "last",
] as const;

/** `$set` leaves what the new version no longer has: take it away. */
function unsetAbsent(next: Conversation): object {
  if (next.version === 1) return {};
  const absent = optional.filter((field) => next[field] === undefined);
  return absent.length === 0
    ? {}
    : { $unset: Object.fromEntries(absent.map((field) => [field, ""])) };
}
