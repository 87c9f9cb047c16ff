import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as green from "../../src/shared/providers/green-api/errors.ts";
import { verdicts } from "../../src/shared/providers/whatsapp-cloud/errors.ts";

/** The rows of every table of the page, cell by cell. */
const readRows = (page: string): readonly (readonly string[])[] =>
  readFileSync(`docs/providers/${page}.md`, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

test("WhatsApp's page lists every error code with its class and what to do", () => {
  const rows = readRows("whatsapp-cloud").filter(([code = ""]) => /^\d+$/.test(code));

  expect(rows.map(([code, kind, advice]) => [Number(code), kind, advice])).toEqual(
    [...verdicts]
      .map(([code, { kind, advice }]) => [code, kind, advice])
      .toSorted(([a], [b]) => Number(a) - Number(b)),
  );
});

test("Green API's page lists every refusal with its class and what to do", () => {
  const rows = readRows("green-api").filter(([code = ""]) => /^\d{3}\b/.test(code));
  const worded = green.wordings.map(({ status, wording, kind, advice }) => [
    `${status} "${wording}"`,
    kind,
    advice,
  ]);
  const bare = [...green.statuses].map(([status, { kind, advice }]) => [
    String(status),
    kind,
    advice,
  ]);

  expect(rows).toEqual([...worded, ...bare]);
});

test("Green API's page lists every word of a failure with what to do", () => {
  const rows = readRows("green-api").filter(([word = ""]) =>
    green.advices.has(word.replaceAll("`", "")),
  );

  expect(rows).toEqual([...green.advices].map(([word, advice]) => [`\`${word}\``, advice]));
});
