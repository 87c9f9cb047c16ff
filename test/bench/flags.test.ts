import { expect, test } from "vitest";
import { help, readFlags } from "./flags.ts";

test("scale and profile take long: they are measured only when they are named", () => {
  expect(readFlags([]).only).toEqual(["accept", "replies", "latency", "cost", "hot", "engine"]);
  expect(readFlags(["--only", "scale", "--profile"]).only).toEqual(["scale", "profile"]);
});

test("a measure that does not exist and a number that is none are refused", () => {
  expect(() => readFlags(["--only", "speed"])).toThrow("one of accept, ");
  expect(() => readFlags(["--sizes", "ten"])).toThrow("--sizes ten");
});

test("every flag is in the help", () => {
  const flags = [...help.matchAll(/^ {2}--(\w+)/gm)].map(([, name]) => name);
  const known =
    "only profile quick seconds conversations workers latency sizes flood set json verbose";

  expect(flags.join(" ")).toBe(known);
});
