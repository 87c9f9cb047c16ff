import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ OPS_PASSWORD: "ops password" });
});
afterAll(() => api.stop());

const headers = { authorization: `Basic ${Buffer.from("admin:ops password").toString("base64")}` };
const pages = ["/ops/queues/", "/ops/queues/api/queues", "/ops/queues/api/queues/nobody"];

test.for(pages)("%s lets a browser load from here alone", async (page) => {
  const policy = (await api.get(page, headers)).headers.get("content-security-policy") ?? "";

  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/https?:|\*/);
});

test.for(pages)("%s does not tell what powers it", async (page) => {
  expect((await api.get(page, headers)).headers.get("x-powered-by")).toBeNull();
});
