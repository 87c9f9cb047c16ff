import { expect, test } from "vitest";
import {
  buildFlow,
  condition,
  message,
  question,
  readSent,
  talk,
  type EdgeDraft,
} from "#shared/bot/test-flows.ts";

const both: readonly EdgeDraft[] = [
  ["c", "yes", "true"],
  ["c", "no", "false"],
];

const decide = (conditionType: string, value: string, text: string, edges = both) => {
  const nodes = [condition("c", conditionType, value), message("yes", "yes"), message("no", "no")];
  return readSent(talk(buildFlow(nodes, edges))(text)).join();
};

test.each([
  ["contains", "запис", "Хочу ЗАПИСАТЬСЯ", "yes"],
  ["contains", "запис", "цены", "no"],
  ["equals", "Да", " да ", "yes"],
  ["equals", "Да", "да!", "no"],
  ["starts_with", "при", "Привет", "yes"],
  ["starts_with", "вет", "Привет", "no"],
  ["ends_with", "ВЕТ", "Привет ", "yes"],
  ["ends_with", "при", "Привет", "no"],
  ["regex", String.raw`^\+?\d{11}$`, " +79001234567 ", "yes"],
  ["regex", "^ДА$", "да", "yes"],
  ["regex", "^да$", "да уж", "no"],
])("%s %j of %j is %s", (conditionType, value, text, expected) => {
  expect(decide(conditionType, value, text)).toBe(expected);
});

test("letters that look the same are the same, however they were composed", () => {
  expect(decide("equals", "й".normalize("NFC"), "Й".normalize("NFD"))).toBe("yes");
});

test("an outcome without its own edge takes the plain one", () => {
  expect(
    decide("equals", "a", "b", [
      ["c", "yes", "true"],
      ["c", "no"],
    ]),
  ).toBe("no");
  expect(
    decide("equals", "a", "a", [
      ["c", "yes", "true"],
      ["c", "no"],
    ]),
  ).toBe("yes");
  expect(decide("equals", "a", "b", [["c", "yes", "true"]])).toBe("");
});

test("a variable is compared in place of the last text", () => {
  const nodes = [
    question("q", "city"),
    question("r", "street"),
    condition("c", "equals", "москва", { variable: "city" }),
    message("yes", "yes"),
  ];
  const send = talk(
    buildFlow(nodes, [
      ["q", "r"],
      ["r", "c"],
      ["c", "yes", "true"],
    ]),
  );
  send("hi");
  send("Москва");

  expect(readSent(send("Арбат"))).toEqual(["yes"]);
});
