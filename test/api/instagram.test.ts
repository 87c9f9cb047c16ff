import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;

beforeAll(async () => {
  rest = await startTestRest();
  await rest.api.addChannel({
    _id: "chatrace",
    provider: "chatrace",
    externalId: "1543616",
    token: "a-token-of-the-test",
    secrets: ["a-secret-of-the-test"],
    delivery: "polling",
    defaultOf: "chatrace",
  });
  await rest.api.addChannel({
    _id: "open",
    provider: "chatrace",
    externalId: "2",
    tenantId: "other",
    open: "loopback",
  });
});
afterAll(() => rest.api.stop());

test("the configuration is shown after the documented sign-in, without its secrets", async () => {
  const { email } = await rest.addUser("viewer");
  const body = { email, password: rest.password };
  const { body: signedIn } = await rest.call("POST", "/auth/login", { body });
  const token = String(signedIn["accessToken"]);

  const shown = await rest.call("GET", "/instagram/config", { token });
  const same = await rest.call("GET", "/api/v1/instagram/config", { token });

  expect(shown).toMatchObject({
    status: 200,
    body: {
      provider: "chatrace",
      configured: true,
      channels: [
        {
          channel_id: "chatrace",
          account_id: "1543616",
          api_url: "https://api.chatrace.com",
          has_token: true,
          has_secrets: true,
          delivery: "polling",
          polling: null,
          webhook_paths: ["/api/v1/webhooks/chatrace/chatrace", "/instagram/webhook"],
        },
      ],
    },
  });
  expect(same.body).toEqual(shown.body);
  expect(JSON.stringify(shown.body)).not.toMatch(/of-the-test/);
});

test("without a sign-in nothing is shown", async () => {
  expect((await rest.call("GET", "/instagram/config")).status).toBe(401);
});

test("the script posts every variant and prints what was answered", async () => {
  const url = `${rest.api.url}/api/v1/webhooks/chatrace/open`;

  const { stdout } = await promisify(execFile)("scripts/test-chatrace-webhook.sh", [url]);

  const rows = stdout.trim().split("\n").slice(1);
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) expect(row).toMatch(/ 200 +\{"(messages":\[\],"actions|status":"ok)/);
});
