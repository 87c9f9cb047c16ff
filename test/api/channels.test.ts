import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

const page = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

let rest: TestRest;
let whatsapp: Awaited<ReturnType<typeof createWhatsappSimulator>>;
let greenApi: Awaited<ReturnType<typeof createGreenApiSimulator>>;
let token: string;

beforeAll(async () => {
  whatsapp = await createWhatsappSimulator();
  greenApi = await createGreenApiSimulator();
  rest = await startTestRest({
    WHATSAPP_API_URL: `${whatsapp.url}/v24.0`,
    GREEN_API_URL: greenApi.url,
  });
  ({ token } = await rest.addUser("admin"));
});
afterAll(() => Promise.all([rest.api.stop(), whatsapp.close(), greenApi.close()]));

let numbers = 0;
/** The document's own example, with an account of its own. */
const number = (more: object = {}) => ({
  display_name: "Main Number",
  phone_number: "+79001234567",
  phone_number_id: `12345678901${String((numbers += 1)).padStart(4, "0")}`,
  whatsapp_business_account_id: "987654321098765",
  access_token: "EAAxxxxx-a-token-of-the-test",
  is_active: true,
  ...more,
});
const path = "/api/v1/whatsapp/numbers";
const ask = (method: string, where: string, body?: unknown) =>
  rest.call(method, where, { token, ...(body === undefined ? {} : { body }) });

test("a number is added, read, replaced, toggled and removed as documented", async () => {
  const given = number();
  const made = await ask("POST", `${path}?test=false`, given);
  const id = String(made.body["id"]);
  const put = await ask("PUT", `${path}/${id}?test=false`, { ...given, display_name: "Second" });
  const off = await ask("PATCH", `${path}/${id}/toggle`);
  const on = await ask("PATCH", `${path}/${id}/toggle`);
  const list = await ask("GET", path);
  const gone = await ask("DELETE", `${path}/${id}`);
  const { access_token: _, ...shown } = given;

  expect(made).toMatchObject({ status: 201, body: { ...shown, has_access_token: true } });
  expect(put.body).toMatchObject({ display_name: "Second", has_access_token: true });
  expect([off.body["is_active"], on.body["is_active"]]).toEqual([false, true]);
  expect(list.body["items"]).toContainEqual(expect.objectContaining({ id }));
  expect(gone.status).toBe(200);
  expect((await ask("GET", `${path}/${id}`)).status).toBe(404);
});

test("an account that was removed can be connected again", async () => {
  const given = number();
  const first = await ask("POST", `${path}?test=false`, given);
  const twice = await ask("POST", `${path}?test=false`, given);
  await ask("DELETE", `${path}/${String(first.body["id"])}`);
  const again = await ask("POST", `${path}?test=false`, given);

  expect(twice).toMatchObject({ status: 409, body: { errors: [{ field: "phone_number_id" }] } });
  expect(again.status).toBe(201);
});

test("a token that the provider refuses is saved with a warning", async () => {
  const good = { phone_number_id: "100000000000001", access_token: "demo-whatsapp-token" };
  const bad = await ask("POST", path, number());
  const taken = await ask("POST", path, number(good));
  greenApi.switches.set({ stateInstance: "notAuthorized" });
  const green = await ask("POST", "/api/v1/channels", {
    provider: "green-api",
    name: "Salon",
    external_id: "1101999001",
    token: "demo-green-token",
  });

  expect(bad.body["connection"]).toMatchObject({
    state: "refused",
    advice: expect.stringContaining("token"),
  });
  expect(taken.body["connection"]).toMatchObject({ state: "ok" });
  expect(green.body["connection"]).toMatchObject({
    state: "refused",
    reason: expect.stringContaining("notAuthorized"),
  });
});

test("tokens and secrets are sealed in the database and in no answer", async () => {
  const made = await ask("POST", `/api/v1/channels?test=false`, {
    provider: "whatsapp-cloud",
    name: "Sealed",
    external_id: "555000111",
    token: "EAA-a-very-secret-token",
    secrets: ["a very secret app secret"],
  });
  const list = await ask("GET", "/api/v1/channels?limit=100");
  const stored = await rest.api.database.collection("channels").find().toArray();
  const audit = await ask("GET", "/api/v1/audit?limit=1");

  const everything = JSON.stringify([made.body, list.body, stored, audit.body, rest.api.lines]);
  expect(made.body["channel"]).toMatchObject({ has_token: true, has_secrets: true });
  expect(everything).not.toContain("EAA-a-very-secret-token");
  expect(everything).not.toContain("a very secret app secret");
  expect(audit.body["items"]).toMatchObject([
    {
      action: "create_channel",
      status: 201,
      fields: ["provider", "name", "external_id", "token", "secrets"],
    },
  ]);
});

test.each([
  [{ surprise: 1 }, "surprise"],
  [{ phone_number: "call me" }, "phone_number"],
  [{ phone_number_id: "with spaces" }, "phone_number_id"],
  [{ is_active: "yes" }, "is_active"],
  [{ display_name: "" }, "display_name"],
  [{ access_token: undefined }, "access_token"],
  [{ tenant_id: "other" }, "tenant_id"],
])("%j is refused by the field's name", async (wrong, field) => {
  const answer = await ask("POST", path, number(wrong));

  expect(answer.status).toBe(422);
  expect(answer.body["errors"]).toMatchObject([{ field }]);
});

test.each([
  ["http://169.254.169.254/latest", "https"],
  ["https://127.0.0.1/", "not a public"],
  ["https://10.0.0.1/", "not a public"],
  ["https://example.com:6379/", "port"],
])("a token is never sent to %s", async (url, words) => {
  const answer = await ask("POST", "/api/v1/channels", {
    provider: "green-api",
    name: "Salon",
    external_id: "77",
    token: "t",
    api_url: url,
  });

  expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: "api_url" }] } });
  expect(JSON.stringify(answer.body)).toContain(words);
});

test("null takes a setting away, and what is not named stays", async () => {
  const made = await ask("POST", `${path}?test=false`, number());
  const where = `/api/v1/channels/${String(made.body["id"])}?test=false`;
  const pair = { pair_interval_ms: 0, pair_burst: 3 };
  await ask("PATCH", where, { hold_ms: 700, allow_from: ["10.0.0.0/8"], ...pair });

  const changed = await ask("PATCH", where, { hold_ms: null, pair_burst: null });

  expect(changed.body["channel"]).toMatchObject({
    hold_ms: null,
    pair_interval_ms: 0,
    pair_burst: null,
    allow_from: ["10.0.0.0/8"],
    name: "Main Number",
    phone_number: "+79001234567",
  });
});

test("a list goes on where its cursor says, each item once", async () => {
  const { token: other } = await rest.addUser("admin", "pages");
  const ids: unknown[] = [];
  for (let at = 0; at < 5; at += 1) {
    const body = number({ whatsapp_business_account_id: "987654321098766" });
    const made = await rest.call("POST", `${path}?test=false`, { token: other, body });
    ids.push(made.body["id"]);
  }

  const seen: unknown[] = [];
  let cursor: unknown = "";
  while (typeof cursor === "string") {
    const next = cursor === "" ? "" : `&cursor=${cursor}`;
    const { body } = await rest.call("GET", `${path}?limit=2${next}`, { token: other });
    seen.push(...page.parse(body).items.map(({ id }) => id));
    cursor = body["next_cursor"];
  }

  expect(new Set(seen)).toEqual(new Set(ids));
  expect(seen).toHaveLength(ids.length);
  expect((await rest.call("GET", `${path}?cursor=!`, { token: other })).status).toBe(422);
});

test("a bot that answers on a channel is not removed", async () => {
  const flow = { nodes: [{ id: "a", type: "welcome", data: { message: "Hello" } }], edges: [] };
  const bot = String((await ask("POST", "/api/v1/bots", { name: "Bot", flow })).body["id"]);
  await ask("POST", `/api/v1/bots/${bot}/publish`);
  const id = `with-bot-${bot}`;
  await rest.api.addChannel({ _id: id, name: "Salon", botId: bot });

  const refused = await ask("DELETE", `/api/v1/bots/${bot}`);
  await ask("PATCH", `/api/v1/channels/${id}?test=false`, { bot_id: null });
  const removed = await ask("DELETE", `/api/v1/bots/${bot}`);

  expect(refused).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("Salon") },
  });
  expect(removed.status).toBe(200);
  expect((await ask("GET", `/api/v1/bots/${bot}`)).status).toBe(404);
});
