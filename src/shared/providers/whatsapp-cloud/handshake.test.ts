import { expect, test } from "vitest";
import { answerHandshake } from "./handshake.ts";

const query = {
  "hub.mode": "subscribe",
  "hub.verify_token": "example-verify-token",
  "hub.challenge": "1158201444",
};

test("the challenge comes back as text to any of the tokens", () => {
  const answer = answerHandshake(query, ["other", "example-verify-token"]);

  expect(answer).toEqual({ status: 200, type: "text", body: "1158201444" });
});

test.each([
  { ...query, "hub.verify_token": "wrong" },
  { ...query, "hub.verify_token": "" },
  { ...query, "hub.mode": "unsubscribe" },
  { "hub.mode": "subscribe", "hub.verify_token": "example-verify-token" },
  {},
])("anything else is forbidden: %j", (wrong) => {
  expect(answerHandshake(wrong, ["example-verify-token", ""]).status).toBe(403);
});
