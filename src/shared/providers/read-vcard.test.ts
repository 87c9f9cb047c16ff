import { expect, test } from "vitest";
import { readVcard } from "#shared/providers/read-vcard.ts";

const card = (...lines: readonly string[]): string =>
  ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD"].join("\r\n");

test("a card gives name, numbers, company and address", () => {
  const read = readVcard(
    card(
      "N:Person;Second;;;",
      "FN:Second Person",
      "ORG:Demo\\, Ltd.;",
      "item1.TEL;type=CELL;waid=447700900456:+44 7700 900456",
      "TEL:tel:+1 202 555 0101",
      "EMAIL;type=INTERNET:second@example.com",
    ),
  );

  expect(read).toEqual({
    name: "Second Person",
    phones: ["+447700900456", "+1 202 555 0101"],
    company: "Demo, Ltd.",
    email: "second@example.com",
  });
});

test("a line that goes on in the next is one, and a number that stands twice is one", () => {
  const read = readVcard(card("FN:A very long", "  name", "TEL:1", "TEL;type=HOME:1"));

  expect(read).toEqual({ name: "A very long name", phones: ["1"] });
});

test.for(["", ":", "BEGIN:VCARD", "FN;ENCODING=QUOTED-PRINTABLE:=D0=90", "\u0000"])(
  "what is no card has no numbers: %j",
  (text) => {
    expect(readVcard(text)).toEqual({ phones: [] });
  },
);
