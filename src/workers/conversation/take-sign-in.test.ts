import { expect, test } from "vitest";
import type { MessageEvent } from "#shared/domain/event.ts";
import { readAttempt } from "#workers/conversation/take-sign-in.ts";

const said = (text: string, more: Partial<MessageEvent> = {}): MessageEvent => ({
  kind: "message",
  direction: "in",
  type: "text",
  text,
  ...more,
});

test.each([
  ["AMT LOGIN test-123", "test-123"],
  ["  amt  login\n0f0F ", "0f0f"],
])("%j names an attempt", (text, attempt) => {
  expect(readAttempt(said(text), "AMT LOGIN")).toBe(attempt);
});

test.each([
  "AMT LOGIN",
  "AMT LOGIN ",
  "AMT LOGINx",
  "AMT LOGIN a b",
  "AMT LOGIN $ne",
  "Привет",
  "",
])("%j names none", (text) => {
  expect(readAttempt(said(text), "AMT LOGIN")).toBeUndefined();
});

test("only a text that came in names an attempt", () => {
  const text = "AMT LOGIN test-123";

  expect(readAttempt(said(text, { direction: "out" }), "AMT LOGIN")).toBeUndefined();
  expect(readAttempt(said(text, { type: "image" }), "AMT LOGIN")).toBeUndefined();
});
