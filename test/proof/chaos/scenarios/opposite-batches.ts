import { randomBytes } from "node:crypto";
import mongoose from "mongoose";
import { z } from "zod";
import { startHelper } from "../../../bench/helper.ts";
import { percentile, round } from "../../../bench/percentiles.ts";
import { collectionOf } from "../../../../src/shared/runtime/mongo.ts";
import type { Given, Proof, Scenario } from "./scenario.ts";

const documents = 50;
const refused = "0020";
const tooLarge = "0030";
const mostMs = 1000;
/** Every so many rounds one writer has a document that cannot be written. */
const badEvery = 5;

const asked = z.array(z.object({ id: z.string(), ms: z.number(), isOk: z.boolean() }));
type Asked = z.infer<typeof asked>;

const ids = Array.from({ length: documents }, (_, n) => String(n).padStart(4, "0"));

/** Two processes write the same documents at the same time, one from each end. */
async function run({ services, messages: rounds, say }: Given): Promise<Proof> {
  const uri = new URL(services.mongodbUri);
  uri.pathname = `/chaos_${randomBytes(4).toString("hex")}`;
  const connection = await mongoose.createConnection(uri.toString()).asPromise();
  const writers = [0, 1].map(() =>
    startHelper(new URL("batch-writer-process.ts", import.meta.url)),
  );
  try {
    const met = collectionOf(connection, "met");
    await met.insertMany(ids.map((_id) => ({ _id, n: 0, text: "no number" })));
    await Promise.all(
      writers.map((each) => each.ask("open", { uri: uri.toString() }, z.undefined())),
    );
    const all: Asked = [];
    const harmed: string[] = [];
    const note = (what: string, answers: Asked, bad: string | undefined): void => {
      all.push(...answers);
      for (const { id, isOk } of answers)
        if (isOk === (id === bad)) harmed.push(`${what} ${id}: ${isOk ? "was taken" : "failed"}`);
    };
    for (let n = 0; n < rounds; n += 1) {
      // Each of the two is the one with the bad document in turn.
      const badSide = n % badEvery === badEvery - 1 ? Math.floor(n / badEvery) % 2 : undefined;
      await Promise.all(
        writers.map(async (writer, side) => {
          const inOrder = side === 0 ? ids : ids.toReversed();
          const bad = side === badSide ? refused : undefined;
          const large = side === badSide ? tooLarge : undefined;
          const fresh = inOrder.map((id) => `${n} ${side} ${id}`);
          const largeId = large === undefined ? undefined : `${n} ${side} ${large}`;
          const [updated, inserted] = await Promise.all([
            writer.ask("update", { ids: inOrder, refused: bad }, asked),
            writer.ask("insert", { ids: fresh, tooLarge: largeId }, asked),
          ]);
          note("update", updated, bad);
          note("insert", inserted, largeId);
        }),
      );
    }
    say(`${rounds} rounds are over`);
    const refusals = Math.floor(rounds / badEvery);
    const wrong = (await met.find({}).toArray()).filter(
      ({ _id, n }) => n !== rounds * writers.length - (_id === refused ? refusals : 0),
    );
    const inserted = await collectionOf(connection, "inserted").countDocuments();
    const missing = rounds * writers.length * documents - refusals - inserted;
    const times = all.map(({ ms }) => ms);
    const figures = {
      rounds,
      documentsInABatch: documents,
      writes: all.length,
      batchesWithABadDocument: refusals * 2,
      neighboursHarmed: harmed.length + wrong.length + missing,
      writeP50Ms: round(percentile(times, 0.5), 1),
      writeP99Ms: round(percentile(times, 0.99), 1),
      writeMaxMs: round(percentile(times, 1), 1),
    };
    const ok = figures.neighboursHarmed === 0 && figures.writeMaxMs < mostMs;
    return { ok, figures, examples: harmed.slice(0, 20) };
  } finally {
    await Promise.all(writers.map((each) => each.stop()));
    await connection.dropDatabase();
    await connection.close();
  }
}

export const oppositeBatches: Scenario = {
  claim:
    "two processes whose batches meet in opposite order, with a refused document and one over 16 MB: no write takes over 1 s, no neighbour is harmed",
  alone: { messages: 1000, seconds: 0 },
  together: { messages: 200, seconds: 0 },
  run,
};
