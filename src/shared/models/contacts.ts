import { Schema, type mongo } from "mongoose";
import type { Contact, TagChange } from "#shared/domain/contact.ts";
import { createInserter, createWriter } from "#shared/models/batches.ts";
import { createIdentities } from "#shared/models/contact-identities.ts";
import { after, type Place } from "#shared/models/place.ts";
import { searching } from "#shared/models/searching.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const contactSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    name: String,
    phone: String,
    username: String,
    email: String,
    tags: [String],
    fields: Object,
    versions: Object,
    mergedInto: String,
    mergedAt: Date,
    mergedBy: String,
    lookedUpAt: Date,
    createdAt: Date,
    updatedAt: Date,
  },
  { collection: "contacts", versionKey: false },
)
  .index({ tenantId: 1, updatedAt: -1 })
  .index({ tenantId: 1, phone: 1 })
  .index({ tenantId: 1, tags: 1 })
  .index({ mergedInto: 1 }, { sparse: true });

/** What a change says of a contact; `null` takes a value away. */
export interface ContactEdit {
  readonly set?: Readonly<Partial<Record<Attribute, string | null>>>;
  readonly fields?: Readonly<Record<string, string | null>>;
  readonly tags?: TagChange;
}
type Attribute = "name" | "phone" | "username" | "email";

/** A change of one contact that one commit of one conversation made. */
export interface ContactChange {
  readonly contactId: string;
  readonly tenantId: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly version: number;
  readonly at: Date;
  readonly set: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly tags?: TagChange;
}

export interface ContactQuery {
  readonly tag?: string;
  readonly phone?: string;
  /** Part of a name, a phone, a username or an e-mail address. */
  readonly search?: string;
  readonly after?: Place;
  readonly limit: number;
}

/** A contact in a list, and where it stood there. */
export interface ListedContact extends Place {
  readonly contact: Contact;
}

export function createContacts(collection: Collection) {
  const write = createWriter(collection);
  const identities = createIdentities(collection);
  return {
    ...identities,
    /** Applied only if this conversation's version is newer than what the contact has of it. */
    apply: (change: ContactChange) =>
      write({
        id: change.contactId,
        guard: { [seenOf(change)]: { $not: { $gte: change.version } } },
        update:
          change.tags === undefined ? plainUpdate(change) : taggingUpdate(change, change.tags),
        upsert: true,
      }),
    /** `exists` where the tenant has it already. */
    create: createInserter<Contact>(collection),
    /** What one identity has of its own, without those merged into it. */
    find: (tenantId: string, id: string) => collection.findOne<Contact>({ _id: id, tenantId }),
    findByPhone: (tenantId: string, phone: string) =>
      collection.findOne<Contact>({ tenantId, phone }),
    /** Every contact once, but for identities that are merged into another. */
    scan: (tenantId: string): AsyncIterable<Contact> =>
      collection.find<Contact>({ tenantId, mergedInto: { $exists: false } }),
    /** The names of all fields that the tenant's contacts have. */
    fieldKeys: async (tenantId: string): Promise<readonly string[]> => {
      const keys = new Set<string>();
      const found = collection.find<Contact>({ tenantId }, { projection: { fields: 1 } });
      for await (const { fields = {} } of found)
        for (const key of Object.keys(fields)) keys.add(key);
      return [...keys].toSorted();
    },
    /** By hand or from a file; false where there is no such contact. */
    edit: async (tenantId: string, id: string, edit: ContactEdit, at: Date): Promise<boolean> => {
      const update = editUpdate(edit, { updatedAt: at });
      return (await collection.updateOne({ _id: id, tenantId }, update)).matchedCount === 1;
    },
    /** The right to ask the provider who it is: once, unless it is freed. */
    claimLookUp: async (tenantId: string, id: string, now: Date): Promise<boolean> => {
      const isOpen = { name: { $exists: false }, lookedUpAt: { $exists: false } };
      const change = { $set: { lookedUpAt: now } };
      return (
        (await collection.updateOne({ _id: id, tenantId, ...isOpen }, change)).matchedCount > 0
      );
    },
    /** Nobody answered. */
    freeLookUp: (tenantId: string, id: string) =>
      collection.updateOne({ _id: id, tenantId }, { $unset: { lookedUpAt: "" } }),
    /** The last changed first; whatever identity was found is shown as the contact that it is. */
    list: async (tenantId: string, query: ContactQuery): Promise<readonly ListedContact[]> => {
      const found = await collection
        .find<Contact>(filterOf(tenantId, query))
        .sort({ updatedAt: -1, _id: -1 })
        .limit(query.limit)
        .toArray();
      const whole = await identities.joinEach(tenantId, found);
      return found.flatMap(({ _id, updatedAt }) => {
        const contact = whole.get(_id);
        return contact === undefined ? [] : [{ at: updatedAt ?? new Date(0), id: _id, contact }];
      });
    },
  };
}

/** Without a question only contacts are listed, not each identity of one. */
const filterOf = (tenantId: string, { tag, phone, search, after: place }: ContactQuery) => ({
  tenantId,
  ...(tag === undefined ? {} : { tags: tag }),
  ...(phone === undefined ? {} : { phone }),
  ...(tag === undefined && phone === undefined && search === undefined
    ? { mergedInto: { $exists: false } }
    : {}),
  $and: [after("updatedAt", place), searching(search, ["name", "phone", "username", "email"])],
});

const seenOf = ({ conversationId }: ContactChange): string => `versions.${conversationId}`;

const keysOf = (fields: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [`fields.${key}`, value]));

const marksOf = (change: ContactChange) => ({
  tenantId: change.tenantId,
  channelId: change.channelId,
  [seenOf(change)]: change.version,
  updatedAt: change.at,
});

const plainUpdate = (change: ContactChange) => ({
  $set: { ...marksOf(change), ...change.set, ...keysOf(change.fields) },
  $setOnInsert: { schemaVersion: 1, createdAt: change.at },
});

function taggingUpdate(change: ContactChange, tags: TagChange): mongo.Document[] {
  const { set, fields, at } = change;
  const made = { createdAt: { $ifNull: ["$createdAt", at] } };
  return [
    ...editUpdate({ set, fields, tags }, { ...marksOf(change), schemaVersion: 1 }),
    { $set: made },
  ];
}

/** A pipeline, because `$addToSet` and `$pull` may not both have the list. */
function editUpdate({ set, fields, tags }: ContactEdit, marks: object): mongo.Document[] {
  const values = literals({ ...marks, ...set, ...keysOf(fields ?? {}) });
  return [{ $set: { ...values, ...(tags === undefined ? {} : { tags: changed(tags) }) } }];
}

function changed({ add, remove }: TagChange): object {
  const others = { $literal: [...add, ...remove] };
  const kept = { $setDifference: [{ $ifNull: ["$tags", []] }, others] };
  return { $concatArrays: [kept, { $literal: [...new Set(add)] }] };
}

/** A value may begin with a `$`: within a pipeline that would name a field. */
const literals = (values: object): object =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      value === null ? "$$REMOVE" : { $literal: value },
    ]),
  );
