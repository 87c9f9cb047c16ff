import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText, metaTexts } from "../support/bodies.ts";

let api: TestApi;

/** The proxy at 127.0.0.1 is trusted, so that tests can come from any address. */
beforeAll(async () => {
  api = await startTestApi({ TRUST_PROXY: "127.0.0.1", WHATSAPP_APP_SECRET: "app secret" });
  await api.addChannel({ _id: "shut", externalId: "1" });
  await api.addChannel({ _id: "near", externalId: "2", open: "loopback" });
  await api.addChannel({ _id: "wide", externalId: "3", open: "anywhere" });
  const demo = { _id: "demo", externalId: "4", open: "loopback" } as const;
  await api.addChannel({ ...demo, provider: "whatsapp-cloud" });
});
afterAll(() => api.stop());

const statusOf = async (idInstance: number, headers = {}) =>
  (await api.post("/webhook", greenText(idInstance, "79001112233", "x"), headers)).status;
const fromAfar = { "x-forwarded-for": "203.0.113.7" };

test("a channel without a secret takes nothing unless its settings say so", async () => {
  expect(await statusOf(1)).toBe(401);
  expect(api.lines.some((line) => line.includes('"channel.shut"'))).toBe(true);
});

test("an open channel of the demo takes from this machine only", async () => {
  expect(await statusOf(2)).toBe(200);
  expect(await statusOf(2, fromAfar)).toBe(401);
});

test("a channel that is open anywhere takes from anywhere", async () => {
  expect(await statusOf(3, fromAfar)).toBe(200);
});

test("a page in a browser on this machine is not this machine", async () => {
  expect(await statusOf(2, { origin: "https://elsewhere.example" })).toBe(401);
});

test("the log warns of an open channel, once a minute", async () => {
  await statusOf(3);
  await statusOf(3);

  const warnings = api.lines.filter(
    (line) => line.includes('"channel.open"') && line.includes('"wide"'),
  );
  expect(warnings).toHaveLength(1);
});

test("where secrets exist the demo comes without any, but a wrong one is refused", async () => {
  const body = metaTexts({ phoneNumberId: "4", from: "79001112233" });
  const without = await api.post("/api/v1/webhooks/whatsapp", body);
  const wrong = await api.post("/api/v1/webhooks/whatsapp", body, {
    "x-hub-signature-256": `sha256=${"0".repeat(64)}`,
  });

  expect([without.status, wrong.status]).toEqual([200, 401]);
});

test("a tunnel that nobody trusts is not this machine though it comes from it", async () => {
  const plain = await startTestApi();
  await plain.addChannel({ _id: "near", externalId: "2", open: "loopback" });

  const answer = await plain.post("/webhook", greenText(2, "79001112233", "x"), fromAfar);

  expect(answer.status).toBe(401);
  await plain.stop();
});
