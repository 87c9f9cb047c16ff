import { stringify } from "csv-stringify/sync";
import type { Contact } from "#shared/domain/contact.ts";
import type { Models } from "#shared/models/open-models.ts";

const attributes = ["id", "name", "phone", "username", "email", "tags", "created", "updated"];
const contactsAtOnce = 200;

/**
 * A tenant's contacts as CSV, piece by piece, merged identities as one. What a spreadsheet would
 * compute has a quote before it, which an import takes away again.
 */
export async function* exportContacts(
  { contacts }: Pick<Models, "contacts">,
  tenantId: string,
): AsyncGenerator<string> {
  const keys = await contacts.fieldKeys(tenantId);
  yield toCsv([[...attributes, ...keys]]);
  for await (const some of inPieces(contacts.scan(tenantId), contactsAtOnce)) {
    const whole = await contacts.joinEach(tenantId, some);
    yield toCsv([...whole.values()].map((contact) => cellsOf(contact, keys)));
  }
}

const toCsv = (rows: readonly (readonly string[])[]): string =>
  stringify([...rows], { escape_formulas: true, record_delimiter: "windows" });

const cellsOf = (contact: Contact, keys: readonly string[]): readonly string[] => [
  contact._id,
  contact.name ?? "",
  contact.phone ?? "",
  contact.username ?? "",
  contact.email ?? "",
  (contact.tags ?? []).join(", "),
  contact.createdAt?.toISOString() ?? "",
  contact.updatedAt?.toISOString() ?? "",
  ...keys.map((key) => contact.fields?.[key] ?? ""),
];

async function* inPieces<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let piece: Item[] = [];
  for await (const item of items) {
    if (piece.push(item) < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
