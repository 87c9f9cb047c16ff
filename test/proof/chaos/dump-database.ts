import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type mongoose from "mongoose";
import { z } from "zod";

/** What MongoDB says of each message and each send, a line each: the checker reads no database. */
export const recordSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("turn"), id: z.string(), state: z.string(), late: z.boolean() }),
  z.object({
    kind: z.literal("send"),
    id: z.string(),
    text: z.string(),
    state: z.string(),
    sequence: z.number(),
  }),
  /** It took the second way, around the journal. */
  z.object({ kind: z.literal("second way"), id: z.string() }),
  /** Its journal entry is still open. */
  z.object({ kind: z.literal("waiting"), id: z.string() }),
  z.object({ kind: z.literal("deal"), title: z.string() }),
  /** An operator sees that this send was held. */
  z.object({ kind: z.literal("shown"), id: z.string() }),
]);
type Record = z.infer<typeof recordSchema>;

const entry = z.object({ raw: z.instanceof(Uint8Array) });

/** A receipt's body has none. */
const idsIn = (raw: Uint8Array): readonly string[] =>
  Buffer.from(raw)
    .toString()
    .match(/CHAOS\d+/g) ?? [];

export async function dumpDatabase(database: mongoose.Connection, file: string): Promise<void> {
  const stream = createWriteStream(file);
  const write = async (record: Record): Promise<void> => {
    if (!stream.write(`${JSON.stringify(record)}\n`)) await once(stream, "drain");
  };
  const turn = z.object({ _id: z.string(), state: z.string(), late: z.boolean().default(false) });
  const turns = database
    .collection("messages")
    .find({ kind: "message" }, { projection: { state: 1, late: 1 } });
  for await (const found of turns) {
    const { _id: id, state, late } = turn.parse(found);
    await write({ kind: "turn", id, state, late });
  }
  const journal = database.collection("webhooks");
  const entries = [
    { kind: "second way", filter: { late: true } },
    { kind: "waiting", filter: { sweepAt: { $exists: true } } },
  ] as const;
  for (const { kind, filter } of entries)
    for await (const found of journal.find(filter, {
      projection: { raw: 1 },
      promoteBuffers: true,
    }))
      for (const id of idsIn(entry.parse(found).raw)) await write({ kind, id });
  const send = z.object({
    _id: z.string(),
    state: z.string(),
    sequence: z.number(),
    command: z.object({ text: z.string() }),
  });
  const sends = database
    .collection("outgoing")
    .find({}, { projection: { state: 1, sequence: 1, command: 1 } });
  for await (const found of sends) {
    const { _id: id, state, sequence, command } = send.parse(found);
    await write({ kind: "send", id, text: command.text, state, sequence });
  }
  const deal = z.object({ title: z.string() });
  for await (const found of database.collection("deals").find({}, { projection: { title: 1 } }))
    await write({ kind: "deal", title: deal.parse(found).title });
  const alert = z.object({ subject: z.string() });
  for await (const found of database.collection("alerts").find({ kind: "send.held" }))
    await write({ kind: "shown", id: alert.parse(found).subject });
  stream.end();
  await finished(stream);
}
