import mongoose from "mongoose";
import { z } from "zod";
import { createInserter, createWriter } from "../../../../src/shared/models/batches.ts";
import { collectionOf, connectOnce } from "../../../../src/shared/runtime/mongo.ts";
import { answerAsks } from "../../../bench/answer-asks.ts";

/** One of the processes whose batches meet. */
const round = z.object({
  /** In the order in which they are asked for. */
  ids: z.array(z.string()),
  /** Of these, one that the server refuses, and one that is too large to leave. */
  refused: z.string().optional(),
  tooLarge: z.string().optional(),
});
type Round = z.infer<typeof round>;

interface Asked {
  readonly id: string;
  readonly ms: number;
  readonly isOk: boolean;
}

const over16Mb = 16_900_000;
let connection: mongoose.Connection | undefined;

const collection = (name: string) => {
  if (connection === undefined) throw new Error("not connected");
  return collectionOf(connection, name);
};

async function time(id: string, work: Promise<unknown>): Promise<Asked> {
  const startedAt = performance.now();
  const isOk = await work.then(
    () => true,
    () => false,
  );
  return { id, ms: performance.now() - startedAt, isOk };
}

let write: ReturnType<typeof createWriter> | undefined;
let insert: ReturnType<typeof createInserter<{ readonly _id: string; readonly text: string }>>;

answerAsks({
  open: async (input) => {
    connection = await connectOnce(z.object({ uri: z.string() }).parse(input).uri, 5000);
    write = createWriter(collection("met"));
    insert = createInserter(collection("inserted"));
  },
  /** Counts each document up; the refused one has a text where a number is expected. */
  update: (input) => {
    const { ids, refused }: Round = round.parse(input);
    return Promise.all(
      ids.map((id) => {
        const update = { $inc: { [id === refused ? "text" : "n"]: 1 } };
        return time(id, write?.({ id, update }) ?? Promise.reject(new Error("not open")));
      }),
    );
  },
  insert: (input) => {
    const { ids, tooLarge }: Round = round.parse(input);
    return Promise.all(
      ids.map((id) => {
        const text = "x".repeat(id === tooLarge ? over16Mb : 100);
        return time(id, insert({ _id: id, text }));
      }),
    );
  },
});
