import { expect, test } from "vitest";
import { pickNew } from "./pick-new.ts";

const say = (text: string, timestamp?: number) => ({ senderId: "1", text, timestamp });
const textsOf = (items: readonly unknown[]): unknown[] => items.map((item) => Object(item)["text"]);

test("what the list showed before is not new", () => {
  const first = pickNew([say("a"), say("b")], { seen: [], youngerThan: 0 });
  const second = pickNew([say("b"), say("c")], { seen: first.seen, youngerThan: 0 });

  expect(textsOf(first.fresh)).toEqual(["a", "b"]);
  expect(textsOf(second.fresh)).toEqual(["c"]);
});

test("the same words without id and time are new as often as they are added", () => {
  const { seen } = pickNew([say("yes")], { seen: [], youngerThan: 0 });

  const { fresh } = pickNew([say("yes"), say("yes"), say("yes")], { seen, youngerThan: 0 });

  expect(textsOf(fresh)).toEqual(["yes", "yes"]);
});

test("a list that begins with the youngest is turned round", () => {
  const list = [say("late", 1762000002), say("early", 1762000001)];

  expect(textsOf(pickNew(list, { seen: [], youngerThan: 0 }).fresh)).toEqual(["early", "late"]);
});

test("what is too old to be answered is left, what tells no time is not", () => {
  const list = [say("old", 1762000000), say("young", 1762000002), say("timeless")];

  const { fresh } = pickNew(list, { seen: [], youngerThan: 1762000001000 });

  expect(textsOf(fresh)).toEqual(["young", "timeless"]);
});
