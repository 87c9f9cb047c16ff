// Whether a server keeps the two promises that everything rests on: a guarded update has one winner,
// and sorted batches do not block one another.
import { randomUUID } from "node:crypto";
import mongoose from "mongoose";

const contenders = 64;
const rounds = 3;
const batchSize = 50;
const batchRounds = 10;
const longestStallMs = 2_000;

/** Throws when the server fails; a real mongod is trusted and gives false. */
export async function checkMongo(url) {
  const client = await mongoose.mongo.MongoClient.connect(url, { maxPoolSize: contenders });
  const database = client.db(`switchboard_check_${randomUUID().slice(0, 8)}`);
  try {
    if (await isMongod(database)) return false;
    await checkOneWinner(database.collection("guarded"));
    await checkSortedBatches(database.collection("batches"));
    return true;
  } finally {
    await database.dropDatabase();
    await client.close();
  }
}

/** Servers that only speak the protocol name themselves, or have no storage engine to name. */
async function isMongod(database) {
  const info = await database.admin().buildInfo();
  return !("ferretdb" in info) && Array.isArray(info.storageEngines) && "gitVersion" in info;
}

async function checkOneWinner(collection) {
  await collection.insertOne({ _id: "document", version: 0 });
  for (let version = 0; version < rounds; version += 1) {
    const answers = await Promise.all(
      Array.from({ length: contenders }, (_, winner) =>
        collection.updateOne(
          { _id: "document", version },
          { $set: { version: version + 1, winner } },
        ),
      ),
    );
    const winners = answers.filter((answer) => answer.matchedCount === 1).length;
    if (winners !== 1)
      throw new Error(
        `this server is not usable: of ${contenders} guarded updates ${winners} won instead of 1 (use MongoDB 8 or FerretDB 2)`,
      );
  }
}

/** Two sides meet the same documents in opposite order, and sort them first, as the application does. */
async function checkSortedBatches(collection) {
  const ids = Array.from({ length: batchSize }, (_, index) => `document-${100 + index}`);
  await collection.insertMany(ids.map((_id) => ({ _id, count: 0 })));
  const sides = [ids, ids.toReversed()];
  for (let round = 0; round < batchRounds; round += 1) {
    const startedAt = Date.now();
    await Promise.all(sides.map((side) => writeSorted(collection, side)));
    const stalledMs = Date.now() - startedAt;
    if (stalledMs > longestStallMs)
      throw new Error(`this server is not usable: sorted batches stalled for ${stalledMs} ms`);
  }
}

function writeSorted(collection, ids) {
  const operations = ids
    .toSorted()
    .map((_id) => ({ updateOne: { filter: { _id }, update: { $inc: { count: 1 } } } }));
  return collection.bulkWrite(operations, { ordered: false });
}
