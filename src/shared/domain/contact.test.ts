import { expect, test } from "vitest";
import { cleanTag, sumTags } from "./contact.ts";

test("a tag is one line without space around it, cut between letters", () => {
  expect(cleanTag("  VIP\n client ")).toBe("VIP client");
  expect(cleanTag("🙂".repeat(70))).toBe("🙂".repeat(64));
});

test("the last word on a tag counts, and an empty one is none", () => {
  const changes = [{ tag: "a" }, { tag: "b" }, { tag: " a ", remove: true }, { tag: " " }] as const;
  expect(sumTags(changes)).toEqual({ add: ["b"], remove: ["a"] });
  expect(sumTags([{ tag: " " }])).toBeUndefined();
});
