import { expect, test } from "vitest";
import type { Finding } from "../../src/shared/domain/finding.ts";
import whatsapp from "../../src/shared/providers/whatsapp-cloud/index.ts";
import { examineWith, wanted } from "./examine.ts";

const now = new Date();
const scopes = ["whatsapp_business_messaging", "whatsapp_business_management"];
const address = wanted.url ?? "";
interface Meta {
  readonly callbacks: object;
  readonly number: object;
  readonly token: object;
  readonly apps: object;
  readonly version: string;
  readonly status: number;
  readonly date: Date;
}

const healthyToken = { is_valid: true, expires_at: 0, scopes };
const healthy: Meta = {
  number: { status: "CONNECTED", quality_rating: "GREEN" },
  token: { data: healthyToken },
  apps: { data: [{ whatsapp_business_api_data: { id: "7" } }] },
  callbacks: { webhook_configuration: { application: address } },
  version: "v24.0",
  status: 200,
  date: now,
};

/** What the doctor finds where Meta answers as it is told. */
function examine(given: Partial<Meta> = {}): Promise<readonly Finding[]> {
  const meta = { ...healthy, ...given };
  const bodyOf = (path: string): object => {
    if (path.includes("debug_token")) return meta.token;
    if (path.includes("webhook_configuration")) return meta.callbacks;
    return path.includes("subscribed_apps") ? meta.apps : meta.number;
  };
  return examineWith(whatsapp, {
    externalId: "1",
    businessId: "2",
    base: "/v24.0",
    now,
    answer: (path) => ({
      status: meta.status,
      headers: { "facebook-api-version": meta.version, date: meta.date.toUTCString() },
      body: bodyOf(path),
    }),
  });
}

test("an account that is all right has nothing to mend", async () => {
  const findings = await examine();

  expect(findings.map(({ check, state }) => [check, state])).toEqual([
    ["token", "ok"],
    ["permissions", "ok"],
    ["state", "ok"],
    ["quality", "ok"],
    ["version", "ok"],
    ["clock", "ok"],
    ["subscription", "ok"],
    ["webhook", "ok"],
  ]);
});

const inThreeDays = Math.floor(now.getTime() / 1000) + 3 * 86_400;
const tokenOf = (data: object) => ({ token: { data: { ...healthyToken, ...data } } });

test.for<[string, string, "warn" | "fail", Partial<Meta>]>([
  ["a token that ends soon", "token", "warn", tokenOf({ expires_at: inThreeDays })],
  ["a token that ended", "token", "fail", tokenOf({ is_valid: false })],
  ["a token that may not send", "permissions", "fail", tokenOf({ scopes: [scopes[1]] })],
  ["a flagged number", "state", "fail", { number: { status: "FLAGGED", quality_rating: "GREEN" } }],
  ["a low quality", "quality", "warn", { number: { status: "CONNECTED", quality_rating: "RED" } }],
  ["a retired version", "version", "warn", { version: "v25.0" }],
  ["a clock that is wrong", "clock", "warn", { date: new Date(now.getTime() - 120_000) }],
  [
    "a number whose webhooks go elsewhere",
    "webhook",
    "warn",
    {
      callbacks: { webhook_configuration: { application: address, phone_number: "https://x.y/" } },
    },
  ],
  ["a forgotten subscription", "subscription", "fail", { apps: { data: [] } }],
])("%s is told, with what to do", async ([, check, state, given]) => {
  const findings = await examine(given);

  const finding = findings.find((each) => each.check === check && each.state !== "ok");
  expect(finding).toMatchObject({ state, fix: expect.stringMatching(/\w/) });
});

test("a refused token is one finding, and stands in none of its words", async () => {
  const error = { message: "Error validating access token secret", code: 190 };

  const findings = await examine({ status: 401, number: { error } });

  expect(findings).toMatchObject([{ check: "token", state: "fail" }]);
  expect(JSON.stringify(findings)).not.toContain("secret");
});
