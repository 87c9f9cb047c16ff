import { expect, test } from "vitest";
import greenApi from "#shared/providers/green-api/index.ts";
import type { Command } from "#shared/domain/command.ts";
import { listLimits } from "#shared/providers/list-limits.ts";

const buttons = (count: number, letters: number): Command => ({
  type: "buttons",
  text: "?",
  buttons: Array.from({ length: count }, (_, index) => ({
    id: String(index),
    title: String(index).padEnd(letters, "x"),
  })),
});

const list = (rows: number, letters: number): Command => ({
  type: "list",
  text: "?",
  button: "Open",
  sections: [
    {
      rows: Array.from({ length: rows }, (_, index) => ({
        id: String(index),
        title: String(index).padEnd(letters, "x"),
      })),
    },
  ],
});

test.each([
  ["whatsapp-cloud", buttons(3, 20), /^$/],
  ["whatsapp-cloud", buttons(3, 21), /more than 3 buttons.* as a list$/],
  ["whatsapp-cloud", buttons(4, 20), /as a list$/],
  ["whatsapp-cloud", buttons(3, 25), /as numbered lines$/],
  ["whatsapp-cloud", list(10, 24), /^$/],
  ["whatsapp-cloud", list(11, 24), /more than 10 rows.* as numbered lines$/],
  ["whatsapp-cloud", list(10, 25), /as numbered lines$/],
  [
    "whatsapp-cloud",
    { type: "audio", link: "https://a.b/c", caption: "x" },
    /is refused: .*caption/,
  ],
  ["whatsapp-cloud", { type: "template", name: "x", language: "ru" }, /^$/],
  ["green-api", buttons(3, 25), /^$/],
  ["green-api", buttons(4, 5), /as numbered lines$/],
  ["green-api", list(1, 5), /no lists/],
  ["green-api", { type: "template", name: "x", language: "ru" }, /is refused: .*templates/],
  ["green-api", { type: "text", text: "x" }, /^$/],
  ["wazzup24", { type: "text", text: "x" }, /^$/],
  ["wazzup24", buttons(3, 5), /elsewhere goes out as numbered lines$/],
  ["wazzup24", list(1, 5), /no lists/],
  ["wazzup24", { type: "image", link: "https://a.b/c", caption: "x" }, /a message of its own/],
  ["wazzup24", { type: "image", link: "https://a.b/c" }, /^$/],
  ["wazzup24", { type: "image", mediaId: "1" }, /^$/],
  ["wazzup24", { type: "image", providerMediaId: "1" }, /is refused: .*no ids of files/],
  ["wazzup24", { type: "template", name: "x", language: "ru" }, /WABA channels alone/],
] as const)("%s says what becomes of a command: %#", (name, command, says) => {
  const told = listLimits().get(name)?.review(command) ?? "";

  expect(told).toMatch(says);
});

test("only the providers that were asked for are listed", () => {
  expect([...listLimits([greenApi.name]).keys()]).toEqual(["green-api"]);
});
