import mongoose from "mongoose";
import type { Collection } from "../../../src/shared/runtime/mongo.ts";
import { Refusal } from "./refusal.ts";
import type { Look, Table } from "./table.ts";
import { isPlain, type Doc } from "./values.ts";

/** What became of one operation of a command. */
export type Answer = { readonly ok: unknown } | { readonly refusal: Refusal };

export type Operation = () => unknown;

/** One command on its way to the server: `detail` is for the printed schedule only. */
export interface Command {
  /** Collection and kind: where faults strike. */
  readonly point: string;
  readonly detail: () => string;
}

/** The way between a process and the server; it may lose, delay and tear apart what it carries. */
export interface Wire {
  readonly read: (command: Command, run: Operation) => Promise<unknown>;
  /** Answers each operation; rejects when the command got no answer. */
  readonly write: (
    command: Command,
    operations: readonly Operation[],
  ) => Promise<readonly Answer[]>;
}

/** One operation, carried out. */
export function carryOut(operation: Operation): Answer {
  try {
    return { ok: operation() };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

/** The table behind the part of the driver's collection that the models use. */
export function toDriver(name: string, table: Table, wire: Wire): Collection {
  const point = {
    read: `${name}.read`,
    insert: `${name}.insert`,
    update: `${name}.update`,
  };
  const read = (filter: Doc, look: Look): Promise<unknown> =>
    wire.read({ point: point.read, detail: () => show(filter) }, () => table.find(filter, look));
  const insert = (documents: readonly Doc[]): Promise<readonly Answer[]> =>
    wire.write(
      { point: point.insert, detail: () => documents.map(({ _id }) => show(_id)).join(", ") },
      documents.map((document) => () => table.insert(document)),
    );
  // `Object.create` because nothing but the driver can be its class; what is not here is undefined.
  return Object.create({
    collectionName: name,
    find: (filter: Doc, look: Look = {}) => cursor((more) => read(filter, { ...look, ...more })),
    findOne: async (filter: Doc, look: Look = {}) => {
      const found = await read(filter, { ...look, limit: 1 });
      return Array.isArray(found) ? (found[0] ?? null) : null;
    },
    insertOne: async (document: Doc) => {
      const [answer] = await insert([document]);
      if (answer !== undefined && "refusal" in answer) throw toServerError(answer.refusal);
    },
    insertMany: async (documents: readonly Doc[]) => {
      throwRefused(await insert(documents));
    },
    bulkWrite: async (operations: readonly { readonly updateOne: Change }[]) => {
      const answers = await wire.write(
        { point: point.update, detail: () => operations.map(showChange).join(", ") },
        operations.map(
          ({ updateOne: { filter, update, upsert = false } }) =>
            () =>
              table.updateOne({ filter, update, upsert }),
        ),
      );
      throwRefused(answers);
      return resultOf(answers);
    },
    updateMany: async (filter: Doc, update: unknown) => {
      const answers = await wire.write(
        { point: point.update, detail: () => `${show(filter)} ← ${show(update)}` },
        eachDocument(filter).map((one) => () => table.updateMany(one, update)),
      );
      for (const answer of answers) if ("refusal" in answer) throw toServerError(answer.refusal);
      const count = answers.reduce((sum, answer) => sum + Number(okOf(answer)), 0);
      return { acknowledged: true, matchedCount: count, modifiedCount: count };
    },
  });
}

interface Change {
  readonly filter: Doc;
  readonly update: unknown;
  readonly upsert?: boolean;
}

/** A command for many documents is no more atomic than a batch: one operation for each `_id` it names. */
function eachDocument(filter: Doc): readonly Doc[] {
  const { _id: id } = filter;
  const ids = isPlain(id) ? id["$in"] : undefined;
  return Array.isArray(ids) ? ids.map((each) => ({ ...filter, _id: each })) : [filter];
}

type More = Pick<Look, "sort" | "limit">;

const cursor = (run: (more: More) => Promise<unknown>, more: More = {}) => ({
  sort: (sort: Look["sort"]) => cursor(run, { ...more, sort }),
  limit: (limit: number) => cursor(run, { ...more, limit }),
  toArray: () => run(more),
});

const okOf = (answer: Answer): unknown => ("ok" in answer ? answer.ok : undefined);

const resultOf = (answers: readonly Answer[]) => ({
  matchedCount: answers.filter((answer) => okOf(answer) === "changed").length,
  upsertedIds: Object.fromEntries(
    answers.flatMap((answer, index) => (okOf(answer) === "created" ? [[index, index]] : [])),
  ),
});

/** As the driver does: one error for all that was refused, with what was done beside it. */
function throwRefused(answers: readonly Answer[]): void {
  const refused = answers.flatMap((answer, index) =>
    "refusal" in answer
      ? [{ index, code: answer.refusal.code, errmsg: answer.refusal.message }]
      : [],
  );
  const [first] = refused;
  if (first === undefined) return;
  const result = Object.create({
    ...resultOf(answers),
    getWriteErrors: () => refused,
    getWriteConcernError: () => undefined,
  });
  throw new mongoose.mongo.MongoBulkWriteError({ message: first.errmsg, code: first.code }, result);
}

const toServerError = ({ message, code }: Refusal) =>
  new mongoose.mongo.MongoServerError({ message, code });

const show = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (isBytes(each) ? "…" : each));

const isBytes = (value: unknown): boolean => isPlain(value) && value["type"] === "Buffer";

const showChange = ({ updateOne: { filter, update } }: { updateOne: Change }): string =>
  `${show(filter)} ← ${show(update)}`;
