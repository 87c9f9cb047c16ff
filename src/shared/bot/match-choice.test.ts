import fc from "fast-check";
import { expect, test } from "vitest";
import { countEdits } from "#shared/bot/count-edits.ts";
import { matchChoice } from "#shared/bot/match-choice.ts";

const offer = (...labels: readonly string[]) =>
  labels.map((label, index) => ({ id: `id${index + 1}`, label }));

const match = (labels: readonly string[], text: string, payload?: string) =>
  matchChoice(offer(...labels), { text, ...(payload === undefined ? {} : { payload }) })?.label;

test.each([
  { labels: ["Да", "Нет"], text: "нит", meant: undefined, why: "short words are not guessed" },
  { labels: ["Стрижка", "Стрижки"], text: "стрижке", meant: undefined, why: "it could be either" },
  { labels: ["Стрижка", "Уход"], text: "стрыжка", meant: "Стрижка", why: "one letter is wrong" },
  { labels: ["Стрижка", "Уход"], text: "ухот", meant: "Уход", why: "one of four is wrong" },
  { labels: ["Стрижка", "Уход"], text: "узот", meant: undefined, why: "two of four are wrong" },
  { labels: ["👍 Да", "👎 Нет"], text: "да", meant: "👍 Да", why: "an emoji is no letter" },
  { labels: ["👍", "👎"], text: "👎", meant: "👎", why: "labels are compared as they are first" },
  { labels: ["👍", "👎"], text: "?", meant: undefined, why: "no letters mean no label" },
  { labels: ["A", "B"], text: "№ 2.", meant: "B", why: "it is the number" },
  { labels: ["2", "1"], text: "1", meant: "1", why: "a label goes before a number" },
  { labels: ["A", "B"], text: "3", meant: undefined, why: "there are only two" },
  { labels: ["A", "B"], text: "2 раза", meant: undefined, why: "a number stands alone" },
])("of $labels, $text means $meant: $why", ({ labels, text, meant }) => {
  expect(match(labels, text)).toBe(meant);
});

test("the payload goes before the words", () => {
  expect(match(["A", "B"], "A", "id2")).toBe("B");
});

test("long labels made of the customer's own words are compared in no time", () => {
  const long = "ж".repeat(4096);
  const labels = Array.from({ length: 50 }, (_, index) => `${long}${index}`);
  const started = performance.now();

  expect(match(labels, `${long}x`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1000);
});

test("edits are counted alike both ways, and are none only between equals", () => {
  const word = fc.string({ maxLength: 8 });

  fc.assert(
    fc.property(word, word, (one, other) => {
      const edits = countEdits(one, other);
      expect(countEdits(other, one)).toBe(edits);
      expect(edits === 0).toBe(one === other);
      expect(edits).toBeLessThanOrEqual(Math.max(one.length, other.length));
    }),
  );
});
