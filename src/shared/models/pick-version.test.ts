import { expect, test } from "vitest";
import { pickVersion } from "#shared/models/pick-version.ts";

const conversations = Array.from({ length: 2000 }, (_, index) => `conversation-${index}`);
const tried = (percent: number, versionId = "bot|2") => {
  const bot = { publishedVersionId: "bot|1", canary: { versionId, percent } };
  return new Set(conversations.filter((id) => pickVersion(bot, id) === versionId));
};

test("without a trial everybody begins with what is published", () => {
  expect(pickVersion({ publishedVersionId: "bot|1" }, "a")).toBe("bot|1");
  expect(pickVersion(null, "a")).toBe(undefined);
});

test("a trial takes its share, the same conversations each time", () => {
  const share = tried(10).size / conversations.length;

  expect(share).toBeGreaterThan(0.07);
  expect(share).toBeLessThan(0.13);
  expect(tried(10)).toEqual(tried(10));
});

test("who is in a small share stays in when it grows", () => {
  expect(tried(10).isSubsetOf(tried(40))).toBe(true);
});

test("the next version is tried out on others", () => {
  expect(tried(10, "bot|3").difference(tried(10)).size).toBeGreaterThan(100);
});
