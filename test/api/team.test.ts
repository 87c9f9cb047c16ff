import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;

beforeAll(async () => {
  rest = await startTestRest();
});
afterAll(() => rest.api.stop());

test("the tenant's settings are changed one by one and checked", async () => {
  const { token } = await rest.addUser("admin");
  const patch = (body: object) => rest.call("PATCH", "/api/v1/settings", { token, body });

  await patch({ default_language: "ru" });
  const zone = await patch({ time_zone: "Asia/Bishkek" });
  const wrong = await patch({ time_zone: "Mars/Olympus", default_language: "russian" });

  expect(zone.body).toMatchObject({ default_language: "ru", time_zone: "Asia/Bishkek" });
  expect(wrong.body["errors"]).toMatchObject([
    { field: "default_language" },
    { field: "time_zone" },
  ]);
});

test("a changed role holds at the next request and ends what was signed in", async () => {
  const { token } = await rest.addUser("owner", "shop");
  const { id, token: theirs } = await rest.addUser("admin", "shop");

  const changed = await rest.call("PATCH", `/api/v1/users/${id}`, {
    token,
    body: { role: "viewer" },
  });

  expect(changed.body).toMatchObject({ role: "viewer" });
  expect((await rest.call("GET", "/api/v1/users", { token: theirs })).status).toBe(401);
});

test("an address and a phone belong to one user each", async () => {
  const { token } = await rest.addUser("admin", "unique");
  const { email } = await rest.addUser("viewer", "elsewhere");
  const add = (body: object) =>
    rest.call("POST", "/api/v1/users", { token, body: { name: "N", role: "client", ...body } });

  const taken = await add({ email });
  const first = await add({ phone: "+996550000001" });
  const second = await add({ phone: "996 550 000 001" });
  const neither = await add({});

  expect(taken).toMatchObject({ status: 409, body: { errors: [{ field: "email" }] } });
  expect(first).toMatchObject({ status: 201, body: { invite_token: null } });
  expect(second).toMatchObject({ status: 409, body: { errors: [{ field: "phone" }] } });
  expect(neither).toMatchObject({ status: 422, body: { errors: [{ field: "phone" }] } });
});

test("a key that has run out opens nothing, and no key may make users", async () => {
  const { token } = await rest.addUser("admin", "keys");
  const make = (body: object) =>
    rest.call("POST", "/api/v1/api-keys", {
      token,
      body: { name: "K", scopes: ["bots:read"], ...body },
    });
  const past = await make({ expires_at: "2020-01-01T00:00:00Z" });
  const mighty = await make({ scopes: ["users:write"] });
  const soon = await make({ expires_at: new Date(Date.now() + 60_000).toISOString() });
  await rest.api.database
    .collection("api_keys")
    .updateOne({ tenantId: "keys" }, { $set: { expiresAt: new Date(0) } });

  const used = await rest.call("GET", "/api/v1/bots", { token: String(soon.body["key"]) });

  expect(past).toMatchObject({ status: 422, body: { errors: [{ field: "expires_at" }] } });
  expect(mighty).toMatchObject({ status: 422, body: { errors: [{ field: "scopes.0" }] } });
  expect(used.status).toBe(401);
});

test("a body that is no JSON, too large or of another type is told so", async () => {
  const { token } = await rest.addUser("admin", "bodies");
  const post = (body: string, type = "application/json") =>
    rest.call("POST", "/api/v1/bots", { token, body, headers: { "content-type": type } });

  const statuses = [
    (await post("{")).status,
    (await post('{"name": "x", "__proto__": {}}')).status,
    (await post(JSON.stringify({ name: "x".repeat(1_200_000) }))).status,
    (await post('{"name": "x"}', "text/plain")).status,
  ];

  expect(statuses).toEqual([400, 400, 413, 415]);
});
