// src/api/main.ts with a blow in a driver's call: TEST_BLOW says which and how.
import { Queue } from "bullmq";
import mongoose from "mongoose";
import { startApi } from "../../src/api/start.ts";
import { readEnv } from "../../src/shared/config/env.ts";
import { createLog } from "../../src/shared/runtime/log.ts";
import { blowSchema, createStrike } from "./crashing-blow.ts";

const blow = blowSchema.parse(JSON.parse(process.env["TEST_BLOW"] ?? "{}"));
const strike = createStrike(blow);

/** Replaces a method for the owners that are meant. */
function armMethod(owner: object, name: string, isMeant: (self: unknown) => boolean): void {
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== "function") throw new Error(`nothing to strike at ${name}`);
  const armed = new Proxy(method, {
    apply: async (target, self: unknown, given): Promise<unknown> => {
      if (!isMeant(self)) return Reflect.apply(target, self, given);
      strike.before();
      const answer: unknown = await Reflect.apply(target, self, given);
      strike.after();
      return answer;
    },
  });
  Reflect.set(owner, name, armed);
}

const { Collection } = mongoose.mongo;
armMethod(
  Collection.prototype,
  "insertMany",
  (self) => self instanceof Collection && `${self.collectionName}.insertMany` === blow.at,
);
armMethod(
  Queue.prototype,
  "addBulk",
  (self) => self instanceof Queue && `${self.name}.addBulk` === blow.at,
);

const config = readEnv();
const log = createLog(config, "crashing-api");
const { address } = await startApi(config, log);
log.info({ event: "listening", address });
