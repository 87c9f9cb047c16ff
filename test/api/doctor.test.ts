import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { eventually } from "../support/eventually.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

const waba = "200000000000002";
const number = "100000000000001";
const loose = "100000000000009";
let rest: TestRest;
let whatsapp: Awaited<ReturnType<typeof createWhatsappSimulator>>;
let token: string;

beforeAll(async () => {
  whatsapp = await createWhatsappSimulator({
    token: "whatsapp-token",
    wabaId: waba,
    appSecret: "app-secret",
    phoneNumbers: [number, loose].map((id) => ({ id, displayPhone: "12025550101" })),
  });
  rest = await startTestRest({
    WHATSAPP_API_URL: `${whatsapp.url}/v24.0`,
    WHATSAPP_APP_SECRET: "app-secret",
    GREEN_API_URL: "http://127.0.0.1:9",
  });
  ({ token } = await rest.addUser("viewer"));
  const own = { provider: "whatsapp-cloud", externalId: number, token: "whatsapp-token" };
  await rest.api.addChannel({ _id: "main", wabaId: waba, ...own });
  await rest.api.addChannel({ _id: "loose", ...own, externalId: loose });
  await rest.api.addChannel({ _id: "green", provider: "green-api", token: "x" });
});
afterAll(() => Promise.all([rest.api.stop(), whatsapp.close()]));

const answered = z.object({
  findings: z.array(z.object({ check: z.string(), state: z.string(), fix: z.string().nullable() })),
});

const examine = async (id = "main"): Promise<Readonly<Record<string, string>>> => {
  const { body } = await rest.call("GET", `/api/v1/channels/${id}/doctor`, { token });
  const { findings } = answered.parse(body);
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
};

test("the doctor sees what is right at the provider and what is missing here", async () => {
  expect(await examine()).toMatchObject({
    token: "ok",
    permissions: "ok",
    subscription: "ok",
    version: "ok",
    clock: "ok",
    sending: "ok",
    secret: "ok",
    bot: "warn",
    signature: "warn",
    window: "warn",
  });
});

test("a provider that does not answer is told, and the rest is looked at", async () => {
  expect(await examine("green")).toMatchObject({ token: "warn", secret: "fail" });
});

test("a fix names the channel that it is for", async () => {
  const { body } = await rest.call("GET", "/api/v1/channels/loose/doctor", { token });

  const { findings } = answered.parse(body);
  const fix = findings.find(({ check }) => check === "subscription")?.fix;
  expect(fix).toMatch(/^channel set loose --waba-id/);
});

test("a forgotten subscription shows", async () => {
  const asked = { headers: { authorization: "Bearer whatsapp-token" } };
  const apps = `${whatsapp.url}/v24.0/${waba}/subscribed_apps`;
  await fetch(apps, { method: "DELETE", ...asked });

  const found = await examine();

  expect(found).toMatchObject({ subscription: "fail" });
  await fetch(apps, { method: "POST", ...asked });
});

test("a webhook that proves its secret is remembered", async () => {
  const body = whatsapp.webhookBody({ text: "hello" });

  await fetch(`${rest.api.url}/api/v1/webhooks/whatsapp`, {
    method: "POST",
    headers: { "x-hub-signature-256": whatsapp.sign(body) },
    body,
  });

  await eventually(async () => expect(await examine()).toMatchObject({ signature: "ok" }));
});
