// Servers that a URL names. They are used, never started, stopped or emptied by us.
import { Redis } from "ioredis";
import mongoose from "mongoose";
import { NotHere } from "../not-here.mjs";

const patienceMs = 5_000;
/** The tests heed names of their own, for they wipe and kill. */
const names = {
  start: { redis: "REDIS_URL", mongo: "MONGODB_URI" },
  test: { redis: "TEST_REDIS_URL", mongo: "TEST_MONGODB_URI" },
};

export const name = "environment";

/** @see Way in index.d.mts */
export async function redis({ purpose }) {
  const url = named(names[purpose].redis);
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    retryStrategy: null,
  });
  client.on("error", () => {});
  await answers(names[purpose].redis, () => client.connect().then(() => client.ping()));
  client.disconnect();
  return { url, stop: async () => {} };
}

/** @see Way in index.d.mts */
export async function mongo({ purpose }) {
  const url = named(names[purpose].mongo);
  const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: patienceMs });
  await answers(names[purpose].mongo, () => client.db().command({ ping: 1 }));
  await client.close();
  return { url, stop: async () => {} };
}

function named(variable) {
  const url = process.env[variable];
  if (!url) throw new NotHere(`${variable} is not set`);
  return url;
}

/** A server that was named but does not answer is a fault to tell, not a reason to take another one. */
async function answers(variable, ask) {
  try {
    await ask();
  } catch (error) {
    throw new Error(`the server that ${variable} names does not answer: ${error.message}`, {
      cause: error,
    });
  }
}
