import { expect, test } from "vitest";
import type { ContactField, FieldType } from "#shared/domain/contact-field.ts";
import { fitFields } from "#shared/contacts/fit-fields.ts";

const now = Date.parse("2026-11-21T12:00:00Z");
const define = (type: FieldType, choices: readonly string[] = []): ContactField => ({
  _id: `tenant|${type}`,
  schemaVersion: 1,
  tenantId: "tenant",
  key: type,
  label: type,
  type,
  choices,
});
const definitions = [
  define("text"),
  define("number"),
  define("date"),
  define("phone"),
  define("email"),
  define("boolean"),
  define("choice", ["Стрижка", "Уход"]),
];

test("a field is read by its type", () => {
  const fields = {
    text: "words",
    number: "1 500,50",
    date: "05.12.2026",
    phone: "+7 (900) 123-45-67",
    email: "anna@example.org",
    boolean: "Да",
    choice: "стрижка",
    own: "without a definition",
  };
  expect(fitFields(fields, definitions, now).map(({ value }) => value)).toEqual([
    "words",
    1500.5,
    "2026-12-05",
    "+79001234567",
    "anna@example.org",
    true,
    "Стрижка",
    "without a definition",
  ]);
});

test("what does not fit is kept as it was written, and told", () => {
  const fields = { number: "many", date: "31.02.2026", choice: "Маникюр", boolean: "perhaps" };
  expect(fitFields(fields, definitions, now)).toEqual([
    { key: "number", text: "many", misfit: "is no number" },
    { key: "date", text: "31.02.2026", misfit: "is no date" },
    { key: "choice", text: "Маникюр", misfit: "is no choice" },
    { key: "boolean", text: "perhaps", misfit: "is no boolean" },
  ]);
});
