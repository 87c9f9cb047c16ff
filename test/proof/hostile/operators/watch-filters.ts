// Preloaded into a real process: every filter that goes to MongoDB is looked at; what is foreign is written down.
import { appendFileSync } from "node:fs";
import mongoose from "mongoose";
import { canary, filtersOf, findOperators } from "./find-operators.ts";

const file = process.env["PROOF_FILTERS"] ?? "";
const { prototype } = mongoose.mongo.MongoClient;
const connect: unknown = Reflect.get(prototype, "connect");
if (typeof connect !== "function") throw new Error("connect is no method any more");
let plain = 0;

/** The driver tells its commands only where it was asked to before it connects. */
const watch = (target: object, client: unknown, args: unknown[]): unknown => {
  if (client instanceof mongoose.mongo.MongoClient) {
    Object.assign(client.options, { monitorCommands: true });
    client.on("commandStarted", ({ command }) => look(command));
  }
  return typeof target === "function" ? Reflect.apply(target, client, args) : undefined;
};
Reflect.set(prototype, "connect", new Proxy(connect, { apply: watch }));

function look(command: Readonly<Record<string, unknown>>): void {
  for (const filter of filtersOf(command)) {
    const found = findOperators(filter);
    if (found.length > 0) appendFileSync(file, `foreign ${found.join(", ").slice(0, 500)}\n`);
    else if (plain < 5 && JSON.stringify(filter).includes(canary)) {
      plain += 1;
      appendFileSync(file, `plain ${JSON.stringify(filter).slice(0, 500)}\n`);
    }
  }
}
