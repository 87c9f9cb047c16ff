// A mongod from MongoDB's own download site, kept in the user's cache. There is no such place for Redis.
import { join } from "node:path";
import { MongoBinary } from "mongodb-memory-server-core";
import { cacheFolder } from "../cache-folder.mjs";
import { startMongod } from "../mongod-server.mjs";
import { NotHere } from "../not-here.mjs";

const version = "8.2.1";

export const name = "download";

/** @see Way in index.d.mts */
export async function redis() {
  throw new NotHere("Redis has no download that runs without being compiled");
}

/** @see Way in index.d.mts */
export async function mongo({ folder, guard, verbose, log }) {
  if (verbose) log("trying to download a mongod, unless it is in the cache already");
  return startMongod({ program: await download(), folder, guard });
}

async function download() {
  process.env.MONGOMS_MAX_RETRIES ??= "0";
  try {
    const downloadDir = join(cacheFolder(), "mongod");
    return await MongoBinary.getPath({
      version,
      downloadDir,
      systemBinary: "",
      runtimeDownload: true,
    });
  } catch (error) {
    throw new NotHere(`mongod cannot be downloaded: ${error.message.replaceAll(/\s+/g, " ")}`);
  }
}
