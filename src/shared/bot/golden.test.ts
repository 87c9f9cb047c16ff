import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import * as registered from "#shared/bot/nodes/registered.ts";
import { rehearse } from "#shared/bot/rehearse.ts";
import { expectFlow, noon } from "#shared/bot/test-flows.ts";
import type { BotTurn } from "#shared/domain/session.ts";

const root = new URL("../../../", import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const folder = "test/bot/golden/";

const said = z.object({
  text: z.string().default(""),
  payload: z.string().exactOptional(),
  messageType: z.enum(["text", "image", "audio", "button_reply"]).exactOptional(),
});

const goldenSchema = z.strictObject({
  promise: z.string(),
  flow: z.union([z.string().transform(readJson), z.object().loose()]),
  startsAt: z.iso.datetime().transform(Date.parse).default(noon),
  contact: z.looseObject({ name: z.string().exactOptional() }).default({ name: "Anna" }),
  talk: z.array(
    z.strictObject({
      in: z.union([
        z.string().transform((text) => ({ text })),
        z.strictObject({ waitMs: z.number() }),
        z.strictObject({ isOk: z.boolean(), values: z.record(z.string(), z.string()).default({}) }),
        said,
      ]),
      /** All turns that this led to, whole: what is sent and done, and where the session then stands. */
      turns: z.array(z.unknown()),
    }),
  ),
});

const describeTurn = ({ effects, session, timeoutMs }: BotTurn) => {
  const { nodeId: waits = null, attempts, reminders, variables } = session;
  return { effects, waits, timeoutMs, attempts, reminders, variables };
};

const names = readdirSync(new URL(folder, root));

test("every kind of node has its transcripts", () => {
  const kinds = new Set(names.map((name) => name.replace(/\..*$/, "")));

  expect(Object.keys(registered).filter((kind) => !kinds.has(kind))).toEqual([]);
});

test.each(names)("the transcript %s is what the scenario says", (name) => {
  const golden = goldenSchema.parse(readJson(`${folder}${name}`));
  const flow = expectFlow(golden.flow);
  const { say, wait, answer } = rehearse({
    flow,
    contact: golden.contact,
    startsAt: golden.startsAt,
  });

  const take = (heard: (typeof golden.talk)[number]["in"]) => {
    if ("waitMs" in heard) return wait(heard.waitMs);
    return ["isOk" in heard ? answer(heard.isOk, heard.values) : say(heard)];
  };

  const talk = golden.talk.map(({ in: heard }) => {
    const taken = take(heard);
    return taken.filter((turn) => turn !== undefined).map(describeTurn);
  });

  expect(talk).toEqual(golden.talk.map(({ turns }) => turns));
});
