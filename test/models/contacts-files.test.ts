import { afterAll, beforeAll, expect, test } from "vitest";
import { exportContacts } from "../../src/shared/contacts/export-contacts.ts";
import { importContacts, type RowFault } from "../../src/shared/contacts/import-contacts.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

/** In pieces that end anywhere, within letters, too. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

async function take(tenantId: string, text: string | Uint8Array, encoding = "utf-8") {
  const faults: RowFault[] = [];
  const progress: number[] = [];
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const imported = await importContacts(database.models, inPieces(bytes), {
    tenantId,
    encoding,
    now: () => new Date("2026-11-21T12:00:00Z"),
    onFault: (fault) => void faults.push(fault),
    onProgress: ({ rows }) => void progress.push(rows),
  });
  return { imported, faults, progress };
}

const stored = (tenantId: string) =>
  database.collection("contacts").find({ tenantId }).sort({ name: 1 }).toArray();

const exported = async (tenantId: string): Promise<string> =>
  (await Array.fromAsync(exportContacts(database.models, tenantId))).join("");

const shown = async (tenantId: string) =>
  (await stored(tenantId)).map(({ name, phone, email, tags, fields }) => {
    return { name, phone, email, tags, fields };
  });

test("each row is a contact, and a row that is wrong is told with its line and stops nothing", async () => {
  await database.models.contactFields.define("faults", {
    key: "Возраст",
    label: "",
    type: "number",
  });
  const { imported, faults } = await take(
    "faults",
    [
      "Имя;Телефон;email;Теги;Возраст",
      'Анна;+7 (900) 123-45-67;ANNA@example.org;"vip, new";30',
      "Борис;not a phone;;;",
      "Вера;;;;",
      "Глеб;79000000004;;;тридцать",
      "Дарья;79000000005;;;;;;too many",
      "Ева;79000000006",
      "Жанна;79000000007;no address;;",
      "Зоя;79000000008;;;41",
    ].join("\r\n"),
  );

  expect(imported).toEqual({ rows: 8, created: 3, changed: 0, refused: 5, misfits: 1 });
  expect(faults.map(({ line, kept }) => [line, kept])).toEqual([
    [3, false],
    [4, false],
    [5, true],
    [6, false],
    [7, false],
    [8, false],
  ]);
  expect(await stored("faults")).toMatchObject([
    { name: "Анна", phone: "79001234567", email: "anna@example.org", tags: ["vip", "new"] },
    { name: "Глеб", fields: { Возраст: "тридцать" } },
    { name: "Зоя", fields: { Возраст: "41" } },
  ]);
  expect((await database.models.tags.list("faults")).map(({ name }) => name)).toEqual([
    "new",
    "vip",
  ]);
});

test("the same file again changes contacts and makes none, also one that a channel brought", async () => {
  await database.models.contacts.create({
    _id: "channel|79001234567@c.us",
    schemaVersion: 1,
    tenantId: "again",
    name: "anna_k",
    phone: "79001234567",
    tags: ["old"],
  });
  const file =
    "name,phone,tags\nAnna,79001234567,vip\nBoris,79000000002,\nBoris B.,79000000002,late";

  const first = await take("again", file);
  const second = await take("again", file);

  expect([first, second].map(({ imported: { created, changed } }) => [created, changed])).toEqual([
    [1, 2],
    [0, 3],
  ]);
  expect(await stored("again")).toMatchObject([
    { _id: "channel|79001234567@c.us", name: "Anna", tags: ["old", "vip"] },
    { name: "Boris B.", tags: ["late"] },
  ]);
});

test("an export taken in again by another tenant is the same contacts, and no cell computes", async () => {
  const value = "=HYPERLINK(1)";
  await take("out", `name,phone,tags,note\n"a ""quoted"", name",79000000001,"x, y",${value}\n`);
  await take("out", "name,email,birthday\n@anna,anna@example.org,05.12.1990");
  await take("other tenant", "name,phone\nForeign,79000000009");

  const csv = await exported("out");
  await take("in", csv.replaceAll(/^file\|[^,]*/gm, ""));

  expect(csv).toContain(`'${value}`);
  expect(csv).toContain("'@anna");
  expect(csv).not.toContain("Foreign");
  expect(await shown("in")).toEqual(await shown("out"));
});

test("a file in an older encoding is taken when that is said, and refused when not", async () => {
  const text = "имя;телефон\nАнна;79000000001";
  const bytes = Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 128 ? code : code - 0x350;
  });

  await expect(take("old", bytes)).rejects.toThrow(TypeError);
  await take("old", bytes, "windows-1251");

  expect(await stored("old")).toMatchObject([{ name: "Анна" }]);
});

test("a quote that never ends is one fault, and a long file tells how far it is", async () => {
  const rows = Array.from({ length: 120 }, (_, index) => `name${index},7900000${1000 + index}`);
  const { imported, progress } = await take("long", ["name,phone", ...rows].join("\n"));
  const { faults } = await take("quote", 'name,phone\nAnna,79000000001\n"Boris,79000000002\n');

  expect(imported).toMatchObject({ rows: 120, created: 120 });
  expect(progress).toEqual([50, 100, 120]);
  expect(faults).toMatchObject([{ line: 3, kept: false }]);
  expect(await stored("quote")).toMatchObject([{ name: "Anna" }]);
});
