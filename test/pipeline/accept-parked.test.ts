import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const channel = { _id: "c1", externalId: "1", secrets: ["right"], defaultOf: "green-api" };
  await api.addChannel(channel);
});
afterAll(() => api.stop());

const deep = "[".repeat(65) + "]".repeat(65);
const bodies: readonly (readonly [reason: string, body: string | Buffer])[] = [
  ["nested deeper", deep],
  ["not JSON", "{"],
  ["not UTF-8", Buffer.from([0x22, 0xff, 0x22])],
  ["forbidden key", '{"__proto__": {"isAdmin": true}}'],
  ["forbidden key", String.raw`{"\u005f_proto__": 1}`],
  ["empty", ""],
];

test.for(bodies)(
  "a body that is %s is answered 200 and parked with its bytes",
  async ([reason, body]) => {
    const answer = await api.post("/webhook", body, { authorization: "right" });

    expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
    const entry = (await api.readJournal()).at(-1);
    expect(entry).toMatchObject({ channelId: "c1", pending: [], keys: [] });
    expect(entry?.parked).toContain(reason);
    expect(entry?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect(entry).not.toHaveProperty("sweepAt");
  },
);

test("a parked body still has to prove the secret", async () => {
  const answer = await api.post("/webhook", deep, { authorization: "wrong" });

  expect(answer.status).toBe(401);
});

test("JSON of an unknown shape is the worker's to judge: it waits under the channel's own key", async () => {
  await api.post("/webhook", { hello: "world" }, { authorization: "right" });

  expect((await api.readJournal()).at(-1)?.pending).toEqual(["c1#statuses"]);
});

test("a peer's name longer than 256 bytes is no conversation's key", async () => {
  await api.post("/webhook", greenText(1, "9".repeat(300), "x"), { authorization: "right" });

  expect((await api.readJournal()).at(-1)?.pending).toEqual(["c1#statuses"]);
});
