import type { Conversation } from "../../src/shared/domain/conversation.ts";
import type { Outgoing } from "../../src/shared/models/outgoing.ts";
import type { Collection } from "../../src/shared/runtime/mongo.ts";
import type { DrainPorts } from "../../src/workers/conversation/ports.ts";
import type { StatusPorts } from "../../src/workers/statuses/handle-statuses.ts";
import { isPlain, type Doc } from "./database/values.ts";
import { focuses } from "./faults.ts";
import type { Shape } from "./shape.ts";

/** One rule of the protocol taken away, by the wiring alone: production code has no switch for it. */
export interface Mutant {
  readonly name: string;
  readonly collection?: (name: string, collection: Collection) => Collection;
  readonly drain?: (ports: DrainPorts) => DrainPorts;
  readonly lane?: (ports: StatusPorts) => StatusPorts;
  readonly hasNoSweeper?: true;
  /** Where it is harmful, when that is rare elsewhere. */
  readonly hunted?: Partial<Shape>;
}

const asked = { evidence: "ask", absentAfterMs: 20_000, chats: 1, bot: "one reply" } as const;
const zombieSender: Partial<Shape> = { ...asked, focus: focuses.claims };
const staleAnswer: Partial<Shape> = {
  ...asked,
  absentAfterMs: 1,
  reconcileEveryMs: 5000,
  focus: {
    points: ["provider.send", "outgoing.update"],
    actions: ["one by one", "lose the answer", "lose the answer, write later"],
  },
};
const overtaken: Partial<Shape> = {
  evidence: "ask",
  chats: 1,
  bot: "one reply",
  jobsOverlap: true,
  focus: {
    points: ["conversations.update", "outgoing.insert", "messages.read"],
    actions: ["crash", "freeze", "time passes"],
  },
};
const slowReader: Partial<Shape> = {
  chats: 1,
  jobsOverlap: false,
  holdMs: 2000,
  focus: { points: ["webhooks.read"], actions: ["time passes"] },
};

export const mutants: readonly Mutant[] = [
  {
    name: "commit not guarded",
    collection: changedFilters("conversations", ({ _id }) => ({ _id })),
  },
  {
    name: "message document before commit",
    drain: (ports) => ({
      ...ports,
      commit: async (next) => {
        if (next.last !== undefined) await ports.insertMessage(next.last);
        return ports.commit(next);
      },
    }),
  },
  {
    name: "no recovery step",
    // Without its time the last commit counts as long flushed.
    drain: (ports) => ({
      ...ports,
      readConversation: async (id) => {
        const stored = await ports.readConversation(id);
        if (stored === undefined) return undefined;
        const { committedAt: _, ...conversation } = stored;
        return conversation;
      },
    }),
  },
  { name: "no dedupe", drain: withoutDedupe },
  {
    name: "flush not awaited",
    drain: (ports) => ({
      ...ports,
      insertOutgoing: (outgoing) => {
        ports.insertOutgoing(outgoing).catch(() => undefined);
        return Promise.resolve();
      },
    }),
  },
  {
    name: "blind resend",
    lane: (ports) => ({
      ...ports,
      outgoing: {
        ...ports.outgoing,
        markUnknown: (id, of, now, _, reason) => ports.outgoing.requeue(id, of, now, reason),
      },
    }),
  },
  {
    name: "no deadline check before a send",
    lane: (ports) => ({ ...ports, settings: { ...ports.settings, marginMs: -Infinity } }),
  },
  {
    name: "a claim's deadline re-read from the document",
    lane: withDeadlineReread,
    hunted: zombieSender,
  },
  {
    name: "reconcile not bound to its attempt",
    collection: changedFilters("outgoing", (filter) => {
      const { attempt: _, ...unbound } = filter;
      return isAboutUnknown(filter) ? unbound : filter;
    }),
    hunted: staleAnswer,
  },
  {
    name: "resend on a receipt's mere silence",
    lane: (ports) => ({ ...ports, receiptsFlowed: () => Promise.resolve(true) }),
  },
  {
    name: "read-back by message instead of by commit mark",
    drain: (ports) => ({
      ...ports,
      commit: (next) => ports.commit({ ...next, commit: next.last?._id ?? next.commit }),
    }),
    hunted: overtaken,
  },
  {
    name: "what nobody can ask about held at once",
    lane: (ports) => ({ ...ports, settings: { ...ports.settings, sendTimeoutMs: 0 } }),
    hunted: { evidence: "none", chats: 1, bot: "one reply", focus: focuses.sends },
  },
  { name: "a deal without its turn's number", drain: withFreshDeals, hunted: { bot: "deal" } },
  { name: "a burst kept in memory", drain: withForgottenBursts, hunted: { bot: "burst" } },
  { name: "flush out of order", drain: withFlushOutOfOrder },
  {
    name: "what memory holds flushed instead of what the document holds",
    drain: (ports) => ({ ...ports, commit: (next) => ports.commit(next).catch(() => true) }),
  },
  { name: "clock read after the journal", drain: withLateClock, hunted: slowReader },
  { name: "no sweeper", hasNoSweeper: true },
];

/** A collection that sends its guarded changes with another filter. */
function changedFilters(of: string, change: (filter: Doc) => Doc) {
  return (name: string, collection: Collection): Collection => {
    if (name !== of) return collection;
    const plain = Object.create(collection);
    const changed = Object.create(collection);
    changed.bulkWrite = (
      operations: readonly { updateOne: { filter: Doc } }[],
      options: object,
    ) => {
      const others = operations.map(({ updateOne }) => ({
        updateOne: { ...updateOne, filter: change(updateOne.filter) },
      }));
      return plain.bulkWrite(others, options);
    };
    return changed;
  };
}

const isAboutUnknown = ({ state }: Doc): boolean =>
  isPlain(state) && Array.isArray(state["$in"]) && state["$in"].join() === "unknown";

/** Only the conversation's last message is known as applied: recovery works, duplicates pass. */
function withoutDedupe(ports: DrainPorts): DrainPorts {
  const lastIds = new Set<string>();
  return {
    ...ports,
    readConversation: async (id) => {
      const conversation = await ports.readConversation(id);
      if (conversation?.last !== undefined) lastIds.add(conversation.last._id);
      return conversation;
    },
    readApplied: async (ids) => {
      const applied = await ports.readApplied(ids);
      const [first] = ids;
      return new Set([...applied].filter((id) => id === first && lastIds.has(id)));
    },
  };
}

/** After the claim its deadline is taken from the document, whoever wrote it there. */
function withDeadlineReread(ports: StatusPorts): StatusPorts {
  return {
    ...ports,
    outgoing: {
      ...ports.outgoing,
      claim: async (id, claim) => {
        const isMine = await ports.outgoing.claim(id, {
          ...claim,
          claimUntil: new Date(claim.claimUntil),
        });
        const { claimUntil } = (await ports.outgoing.read(id)) ?? {};
        if (claimUntil !== undefined) claim.claimUntil.setTime(claimUntil.getTime());
        return isMine;
      },
    },
  };
}

/** Of a turn's sends the first is written last. */
function withFlushOutOfOrder(ports: DrainPorts): DrainPorts {
  const sendsOf = new Map<string, number>();
  const kept = new Map<string, Outgoing>();
  const note = (conversation: Conversation): void => {
    const sends = conversation.effects.filter(({ kind }) => kind === "outgoing").length;
    sendsOf.set(conversation._id, sends);
    kept.delete(conversation._id);
  };
  return {
    ...ports,
    readConversation: async (id) => {
      const conversation = await ports.readConversation(id);
      if (conversation !== undefined) note(conversation);
      return conversation;
    },
    commit: (next) => {
      note(next);
      return ports.commit(next);
    },
    insertOutgoing: async (outgoing) => {
      const id = outgoing.conversationId;
      const first = kept.get(id);
      if (first === undefined && (sendsOf.get(id) ?? 0) > 1) {
        kept.set(id, outgoing);
        return;
      }
      kept.delete(id);
      await ports.insertOutgoing(outgoing);
      if (first !== undefined) await ports.insertOutgoing(first);
    },
  };
}

/** Each flush of a turn opens its deals under new names. */
function withFreshDeals(ports: DrainPorts): DrainPorts {
  return {
    ...ports,
    openDeal: (wish) => ports.openDeal({ ...wish, _id: `${wish._id}|${ports.newId()}` }),
  };
}

/** What a burst has collected is in the drain's memory alone. */
function withForgottenBursts(ports: DrainPorts): DrainPorts {
  return {
    ...ports,
    commit: (next) =>
      ports.commit({ ...next, timers: next.timers.filter(({ kind }) => kind !== "burst") }),
  };
}

/** As if the clock had been read after the journal: entries look older by the time that passed. */
function withLateClock(ports: DrainPorts): DrainPorts {
  let readAt = ports.now();
  return {
    ...ports,
    readConversation: (id) => {
      readAt = ports.now();
      return ports.readConversation(id);
    },
    readOpenWebhooks: async (key, limit) => {
      const webhooks = await ports.readOpenWebhooks(key, limit);
      const passedMs = ports.now() - readAt;
      return webhooks.map((webhook) => ({
        ...webhook,
        arrivedAt: new Date(webhook.arrivedAt.getTime() - passedMs),
      }));
    },
  };
}
