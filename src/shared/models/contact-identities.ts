import { joinContacts, type Contact } from "#shared/domain/contact.ts";
import type { By } from "#shared/models/deals.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** A contact with all its identities. */
export interface WholeContact {
  readonly contact: Contact;
  /** Its own document's first. */
  readonly ids: readonly string[];
}

export type MergeAnswer = "merged" | "missing" | "merged before" | "same contact";

/**
 * Two identities of one person: both documents stay as they are, one points to the other, and
 * reading follows the pointer; taking the pointer away is the whole undo.
 */
export function createIdentities(collection: Collection) {
  const find = (tenantId: string, id: string) => collection.findOne<Contact>({ _id: id, tenantId });

  const rootOf = async (tenantId: string, contact: Contact): Promise<Contact> => {
    const seen = new Set<string>();
    let root = contact;
    while (root.mergedInto !== undefined && !seen.has(root._id)) {
      seen.add(root._id);
      const next = await find(tenantId, root.mergedInto);
      if (next === null) return root;
      root = next;
    }
    return root;
  };

  /** What points to these, and to those, and so on, the longest merged first. */
  const childrenOf = async (
    tenantId: string,
    ids: readonly string[],
  ): Promise<readonly Contact[]> => {
    const seen = new Set(ids);
    const all: Contact[] = [];
    for (let next = ids; next.length > 0;) {
      const filter = { mergedInto: { $in: [...next] }, tenantId };
      const found = await collection.find<Contact>(filter).sort({ mergedAt: 1 }).toArray();
      const fresh = found.filter(({ _id }) => !seen.has(_id));
      for (const { _id } of fresh) seen.add(_id);
      all.push(...fresh);
      next = fresh.map(({ _id }) => _id);
    }
    return all;
  };

  const read = async (tenantId: string, id: string): Promise<WholeContact | undefined> => {
    const own = await find(tenantId, id);
    if (own === null) return undefined;
    const root = await rootOf(tenantId, own);
    const others = await childrenOf(tenantId, [root._id]);
    return {
      contact: joinContacts(root, others),
      ids: [root._id, ...others.map(({ _id }) => _id)],
    };
  };

  const split = async (tenantId: string, id: string): Promise<boolean> => {
    const pointer = { mergedInto: "", mergedAt: "", mergedBy: "" };
    const guard = { _id: id, tenantId, mergedInto: { $exists: true } };
    return (await collection.updateOne(guard, { $unset: pointer })).matchedCount === 1;
  };

  return {
    /** The contact that an identity belongs to. */
    read,
    /** The same for each of a list, by the identity that was found. */
    joinEach: async (
      tenantId: string,
      found: readonly Contact[],
    ): Promise<ReadonlyMap<string, Contact>> => {
      const own = found.filter(({ mergedInto }) => mergedInto === undefined);
      const children = await childrenOf(
        tenantId,
        own.map(({ _id }) => _id),
      );
      const whole = new Map<string, Contact>();
      for (const contact of found) {
        const isJoined =
          contact.mergedInto !== undefined ||
          children.some(({ mergedInto }) => mergedInto === contact._id);
        const joined = isJoined ? (await read(tenantId, contact._id))?.contact : contact;
        if (joined !== undefined && ![...whole.values()].some(({ _id }) => _id === joined._id))
          whole.set(contact._id, joined);
      }
      return whole;
    },
    /** From now on `id` is read as `into`. */
    merge: async (
      tenantId: string,
      { id, into }: { readonly id: string; readonly into: string },
      { by, at }: By,
    ): Promise<MergeAnswer> => {
      const target = await read(tenantId, into);
      if (target === undefined || (await find(tenantId, id)) === null) return "missing";
      if (target.ids.includes(id)) return target.ids[0] === id ? "same contact" : "merged before";
      const guard = { _id: id, tenantId, mergedInto: { $exists: false } };
      const pointer = { mergedInto: into, mergedAt: at, mergedBy: by };
      const { matchedCount } = await collection.updateOne(guard, { $set: pointer });
      if (matchedCount === 0) return "merged before";
      // Two who merge each into the other at once: neither of the pointers stays.
      const root = (await read(tenantId, id))?.contact._id;
      if (root !== id) return "merged";
      await split(tenantId, id);
      return "same contact";
    },
    /** Undoes a merge: each identity is a contact again, exactly as it was and has become. */
    split,
  };
}
