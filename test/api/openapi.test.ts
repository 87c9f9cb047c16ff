import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;

beforeAll(async () => {
  rest = await startTestRest();
});
afterAll(() => rest.api.stop());

test("/openapi.json is a whole document of OpenAPI 3.1", async () => {
  const text = await (await rest.api.get("/openapi.json")).text();

  const { valid, errors } = await new Validator().validate(JSON.parse(text));

  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test("every operation has a name of its own", () => {
  const ids = Object.values(rest.document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );

  expect(ids.length).toBeGreaterThan(10);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(["/docs", "/redoc"])("%s loads from this host only", async (path) => {
  const page = await rest.api.get(path);
  const html = await page.text();
  const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source = ""]) => source);
  const loaded = sources.filter((source) => source.startsWith("/"));
  const statuses = await Promise.all(
    loaded.map(async (source) => (await rest.api.get(source)).status),
  );

  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(page.headers.get("content-security-policy")).not.toMatch(/https?:|\*/);
  expect(sources.filter((source) => !/^(\/|data:)/.test(source))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(1);
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test("what is not there is a problem document, but for the webhooks' addresses", async () => {
  const nowhere = await rest.call("GET", "/api/v1/nowhere");
  const wrongMethod = await rest.call("DELETE", "/api/v1/auth/me");
  const webhook = await rest.api.get("/api/v1/webhooks/nobody/key");

  expect(nowhere).toMatchObject({
    status: 404,
    body: { type: "urn:switchboard:problem:not-found" },
  });
  expect(wrongMethod.status).toBe(405);
  expect(wrongMethod.headers.get("allow")).toBe("GET");
  expect(await webhook.json()).toEqual({ detail: "Not Found" });
});
