import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEnv, settings } from "../../src/shared/config/env.ts";

const names = Object.keys(settings.shape);
const required = {
  REDIS_URL: "redis://127.0.0.1:6379",
  MONGODB_URI: "mongodb://127.0.0.1:27017/switchboard",
  ENCRYPTION_KEY: "a key of 32 characters or longer",
};
const defaults = new Map(Object.entries(parseEnv(required)));
const example = readFileSync(".env.example", "utf8");

/** What stands for a default in the README's table. */
const shown = (name: string): string => {
  if (name in required) return "required";
  const value = defaults.get(name);
  const isNone = value === undefined || (typeof value === "object" && value.length === 0);
  return isNone ? "none" : `\`${value.toString()}\``;
};

test("the README's table lists exactly the settings, with their defaults", () => {
  const [, section = ""] = readFileSync("README.md", "utf8").split("\n## Settings\n");
  const [table = ""] = section.split("\n## ");

  const rows = [...table.matchAll(/^\| `(\w+)`\s*\| (`[^`]+`|\w+)\s*\| (.+?)\s*\|$/gm)];

  expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(names));
  expect(rows).toHaveLength(names.length);
  expect(rows.map(([, name, value]) => [name, value])).toEqual(
    rows.map(([, name = ""]) => [name, shown(name)]),
  );
});

test(".env.example lists exactly the settings, but for those of compose and the simulators", () => {
  const [ours = "", ...others] = example.split("# --- docker compose");

  const listed = [...ours.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  const besides = [...others.join("").matchAll(/^(\w+)=/gm)].map(([, name = ""]) => name);

  expect(new Set(listed)).toEqual(new Set(names));
  expect(listed).toHaveLength(names.length);
  expect(besides.filter((name) => names.includes(name))).toEqual([]);
});

test(".env.example shows the defaults", () => {
  const given = Object.fromEntries(
    [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );

  expect(parseEnv({ ...given, ...required })).toEqual(parseEnv(required));
});
