import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";

let api: TestApi;
let closed: TestApi;

beforeAll(async () => {
  api = await startTestApi({ OPS_PASSWORD: "ops password" });
  closed = await startTestApi();
});
afterAll(() => Promise.all([api.stop(), closed.stop()]));

const basic = (text: string) => ({
  authorization: `Basic ${Buffer.from(text).toString("base64")}`,
});
const pages = ["/ops/queues", "/ops/queues/api/queues", "/metrics"];

test.for(pages)("%s asks for the operator's name and password", async (page) => {
  const without = await api.get(page);
  const wrong = await api.get(page, basic("admin:guess"));
  const wrongName = await api.get(page, basic("root:ops password"));
  const right = await api.get(page, basic("admin:ops password"));

  expect([without.status, wrong.status, wrongName.status]).toEqual([401, 401, 401]);
  expect(without.headers.get("www-authenticate")).toMatch(/^Basic /);
  expect(right.status).toBe(200);
});

test.for(pages)("without a password there is no %s, and the log says why", async (page) => {
  expect((await closed.get(page, basic("admin:"))).status).toBe(404);
  expect(closed.lines.some((line) => line.includes('"ops.closed"'))).toBe(true);
});

test("the queues' pages change nothing unless that is allowed", async () => {
  const url = `${api.url}/ops/queues/api/queues/conversations/pause`;
  const headers = basic("admin:ops password");
  const mine = await fetch(url, { method: "PUT", headers });
  const foreign = await fetch(url, {
    method: "PUT",
    headers: { ...headers, "sec-fetch-site": "cross-site" },
  });

  expect([mine.status, foreign.status]).toEqual([405, 403]);
});

test("metrics tell of accepted webhooks, of queue depths and of the process", async () => {
  await api.get("/webhook");
  const text = await (await api.get("/metrics", basic("admin:ops password"))).text();

  expect(text).toMatch(/switchboard_accept_seconds_count\{.*provider="green-api".*status="200"/);
  expect(text).toMatch(/switchboard_queue_jobs\{.*queue="webhooks".*state="waiting".*\} 0/);
  expect(text).toContain("process_resident_memory_bytes");
});
