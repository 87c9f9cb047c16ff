import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;

beforeAll(async () => {
  rest = await startTestRest({ ADMIN_TENANT: "house", TRUST_PROXY: "loopback" });
});
afterAll(() => rest.api.stop());

const pages = ["/ops/queues", "/metrics"];

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

test.each(pages)("%s opens to owners and admins of the house alone", async (page) => {
  const people = [
    await rest.addUser("owner", "house"),
    await rest.addUser("admin", "house"),
    await rest.addUser("operator", "house"),
    await rest.addUser("owner", "another"),
  ];

  const statuses = [];
  for (const { token } of people) statuses.push((await rest.api.get(page, bearer(token))).status);

  expect(statuses).toEqual([200, 200, 404, 404]);
});

test("a browser that is signed in needs no header, until it signs out", async () => {
  const { email } = await rest.addUser("admin", "house");
  const body = { email, password: rest.password };
  const signedIn = await rest.call("POST", "/api/v1/auth/login", { body });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";

  const before = await rest.api.get("/ops/queues", { cookie });
  await rest.call("POST", "/api/v1/auth/logout", { headers: { cookie } });
  const after = await rest.api.get("/ops/queues", { cookie });

  expect([before.status, after.status]).toEqual([200, 404]);
});

test("an API key opens no page of the operators, whatever its scopes", async () => {
  const { token } = await rest.addUser("owner", "house");
  const made = await rest.call("POST", "/api/v1/api-keys", {
    token,
    body: { name: "all", scopes: ["channels:write", "audit:read", "settings:write"] },
  });

  const answer = await rest.api.get("/metrics", bearer(String(made.body["key"])));

  expect(answer.status).toBe(404);
});

test("behind https the sign-in's cookie travels by https alone", async () => {
  const { email } = await rest.addUser("viewer");
  const login = (headers: Readonly<Record<string, string>>) =>
    rest.call("POST", "/auth/login", { body: { email, password: rest.password }, headers });

  const secure = await login({ "x-forwarded-proto": "https" });
  const plain = await login({});

  expect(secure.headers.getSetCookie()[0]).toMatch(/; Secure;/);
  expect(plain.headers.getSetCookie()[0]).not.toContain("Secure");
});
