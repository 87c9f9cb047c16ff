import { expect, test } from "vitest";
import type { Finding } from "../../src/shared/domain/finding.ts";
import chatrace from "../../src/shared/providers/chatrace/index.ts";
import { examineWith, type FarAnswer } from "./examine.ts";

const now = new Date();

/** What the doctor finds where Chatrace answers as it is told. */
const examine = ({ headers, ...given }: Partial<FarAnswer> = {}): Promise<readonly Finding[]> =>
  examineWith(chatrace, {
    externalId: "1543616",
    now,
    answer: () => ({
      body: { page_id: 1_543_616 },
      headers: { date: now.toUTCString(), ...headers },
      ...given,
    }),
  });

test("a token of the channel's own account is right", async () => {
  expect(await examine()).toMatchObject([
    { check: "token", state: "ok" },
    { check: "clock", state: "ok" },
  ]);
});

test.for<[string, string, "warn" | "fail", Partial<FarAnswer>]>([
  ["a token of another account", "token", "fail", { body: { page_id: 7 } }],
  ["a refused token", "token", "fail", { status: 401, body: {} }],
  ["a refusal inside of 200", "token", "fail", { body: { error: { code: 401, message: "no" } } }],
  [
    "a clock that is wrong",
    "clock",
    "warn",
    { headers: { date: new Date(now.getTime() - 120_000).toUTCString() } },
  ],
])("%s is told, with what to do", async ([, check, state, given]) => {
  const findings = await examine(given);

  const finding = findings.find((each) => each.check === check);
  expect(finding).toMatchObject({ state, fix: expect.stringMatching(/\w/) });
});

test("an answer of something else says nothing against the token", async () => {
  expect(await examine({ body: "<html>" })).toMatchObject([{ check: "token", state: "warn" }]);
});
