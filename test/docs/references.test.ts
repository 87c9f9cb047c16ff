import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs", { encoding: "utf8", recursive: true }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith(".md"));

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

const findAll = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

test("the table of crashes names tests that exist", () => {
  const text = readFileSync("ARCHITECTURE.md", "utf8");

  const names = findAll(text, /`((?:chaos|pipeline)\/[\w-]+)`/g);

  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !existsSync(`test/${name}.test.ts`))).toEqual([]);
});

describe.each(documents)("%s", (document) => {
  const text = readFileSync(document, "utf8");

  test("names only files and folders that exist", () => {
    const paths = findAll(
      text,
      /(?<![\w/.])((?:src|test|scripts|examples|docs)\/[\w./-]*\w)(?![\w*/<{…-])/g,
    );

    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("links only to what exists", () => {
    const links = findAll(text, /\]\((?!https?:|#)([^)#]+)/g);

    expect(links.filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
  });

  test("names only npm scripts that exist", () => {
    const names = findAll(text, /npm run (?:--silent )?([\w:-]*\w)/g);

    expect(names.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
