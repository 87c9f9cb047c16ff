import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import type { Answered } from "../support/ask.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;

beforeAll(async () => {
  rest = await startTestRest({
    ADMIN_EMAIL: "Owner@Example.com",
    ADMIN_PASSWORD: "the first password",
    ADMIN_TENANT: "salon",
    OPS_PASSWORD: "ops password",
  });
});
afterAll(() => rest.api.stop());

const me = (token: string) => rest.call("GET", "/api/v1/auth/me", { token });
const signIn = (email: string, password = rest.password) =>
  rest.call("POST", "/api/v1/auth/login", { body: { email, password } });
const cookieOf = ({ headers }: Answered): string => headers.getSetCookie()[0]?.split(";")[0] ?? "";
const refresh = (cookie: string) =>
  rest.call("POST", "/api/v1/auth/refresh", { headers: { cookie } });
const tokenOf = ({ body }: Answered): string => String(body["accessToken"]);

test("the first owner comes from the settings and signs in at both addresses", async () => {
  const body = { email: "owner@example.com", password: "the first password" };
  const short = await rest.call("POST", "/auth/login", { body });
  const long = await rest.call("POST", "/api/v1/auth/login", { body });

  expect([short.status, long.status]).toEqual([200, 200]);
  expect((await me(tokenOf(short))).body).toMatchObject({
    tenant_id: "salon",
    user: { role: "owner", email: "owner@example.com" },
  });
  expect(short.headers.getSetCookie()[0]).toMatch(
    /^switchboard_refresh=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
  );
});

test("a wrong password and an unknown address get the same answer", async () => {
  const { email } = await rest.addUser("viewer");

  const wrong = await signIn(email, "wrong password");
  const unknown = await signIn("nobody@example.com", "wrong password");

  expect(wrong.status).toBe(401);
  expect(unknown.body).toEqual(wrong.body);
});

test("nothing but a token that we signed opens a route", async () => {
  const { token } = await rest.addUser("owner");
  const [head = "", body = "", signature = ""] = token.split(".");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const forged = [
    "",
    "x",
    `${head}.${body}.`,
    `${none}.${body}.`,
    `${head}.${body}.${signature.split("").toReversed().join("")}`,
    `sb_0000000000000000.${"a".repeat(43)}`,
  ];

  const statuses = await Promise.all(forged.map(async (each) => (await me(each)).status));

  expect(new Set(statuses)).toEqual(new Set([401]));
  expect((await me(token)).status).toBe(200);
});

test("a refresh token is good once; whoever comes with an old one ends the sign-in", async () => {
  const { email } = await rest.addUser("operator");
  const first = await signIn(email);
  const second = await refresh(cookieOf(first));
  const third = await refresh(cookieOf(second));
  expect([second.status, third.status]).toEqual([200, 200]);

  const stolen = await refresh(cookieOf(first));

  expect(stolen.status).toBe(401);
  expect((await refresh(cookieOf(third))).status).toBe(401);
});

test("two tabs that refresh in the same moment both stay signed in", async () => {
  const { email } = await rest.addUser("operator");
  const cookie = cookieOf(await signIn(email));

  const answers = await Promise.all([refresh(cookie), refresh(cookie)]);

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const given = answers.map(cookieOf).filter((each) => each !== "");
  expect(given).toHaveLength(1);
  expect((await refresh(given[0] ?? "")).status).toBe(200);
});

test("logging out ends this browser's sign-in and no other", async () => {
  const { email } = await rest.addUser("operator");
  const here = cookieOf(await signIn(email));
  const there = cookieOf(await signIn(email));

  const out = await rest.call("POST", "/api/v1/auth/logout", { headers: { cookie: here } });

  expect(out.headers.getSetCookie()[0]).toContain("Max-Age=0");
  expect((await refresh(here)).status).toBe(401);
  expect((await refresh(there)).status).toBe(200);
});

test("signing out everywhere makes every token worthless at once", async () => {
  const { email, token } = await rest.addUser("operator");
  const other = await signIn(email);

  await rest.call("POST", "/api/v1/auth/logout-everywhere", { token });

  expect((await me(token)).status).toBe(401);
  expect((await me(tokenOf(other))).status).toBe(401);
  expect((await refresh(cookieOf(other))).status).toBe(401);
});

test("a new password ends the other sign-ins, keeps this one and needs the old password", async () => {
  const { email, token } = await rest.addUser("operator");
  const change = (current: string) =>
    rest.call("POST", "/api/v1/auth/password", {
      token,
      body: { current_password: current, new_password: "another long one" },
    });

  const refused = await change("not the one");
  const changed = await change(rest.password);

  expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: "current_password" }] } });
  expect((await me(tokenOf(changed))).status).toBe(200);
  expect((await me(token)).status).toBe(401);
  expect((await signIn(email)).status).toBe(401);
  expect((await signIn(email, "another long one")).status).toBe(200);
});

test("after ten wrong passwords the account waits for this place, and says how long", async () => {
  const { email } = await rest.addUser("operator");
  const wrong = await Promise.all(
    Array.from({ length: 10 }, async () => (await signIn(email, "wrong")).status),
  );

  const right = await signIn(email);

  expect(new Set(wrong)).toEqual(new Set([401]));
  expect(right.status).toBe(429);
  expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("an invitation sets the password once", async () => {
  const { token } = await rest.addUser("admin", "inviting");
  const email = `new-${Date.now()}@example.com`;
  const made = await rest.call("POST", "/api/v1/users", {
    token,
    body: { name: "Айгуль", email, role: "operator", phone: "+996 (550) 000-000" },
  });
  const invite = { token: made.body["invite_token"], password: "a password of hers" };

  const taken = await rest.call("POST", "/api/v1/auth/accept-invite", { body: invite });
  const again = await rest.call("POST", "/api/v1/auth/accept-invite", { body: invite });

  expect(made).toMatchObject({
    status: 201,
    body: { user: { email, phone: "+996550000000", has_password: false } },
  });
  expect((await me(tokenOf(taken))).body).toMatchObject({ name: "Айгуль", tenant_id: "inviting" });
  expect(again).toMatchObject({ status: 422, body: { errors: [{ field: "token" }] } });
});

test("an access token runs out", async () => {
  const short = await startTestRest({ ACCESS_TOKEN_MS: "1000" });
  try {
    const { token } = await short.addUser("viewer");
    expect((await short.call("GET", "/api/v1/auth/me", { token })).status).toBe(200);

    await eventually(async () => {
      const { status } = await short.call("GET", "/api/v1/auth/me", { token });
      expect(status).toBe(401);
    }, 6000);
  } finally {
    await short.api.stop();
  }
});

test("no password, token or hash comes into the log or an answer of the lists", async () => {
  const { email, token } = await rest.addUser("owner", "quiet");
  const list = await rest.call("GET", "/api/v1/users", { token });
  await signIn(email, "a wrong password here");

  const text = rest.api.lines.join("\n");

  expect(JSON.stringify(list.body)).not.toMatch(/argon2|hash/i);
  for (const secret of [token, rest.password, "a wrong password here", "the first password"])
    expect(text).not.toContain(secret);
});
