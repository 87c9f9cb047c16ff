import { fieldKey } from "#shared/domain/contact.ts";

/** One row of a file of contacts, understood. */
export interface ContactRow {
  readonly id?: string;
  readonly set: Readonly<Partial<Record<"name" | "phone" | "username" | "email", string>>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
}

const attributes = ["id", "name", "phone", "username", "email", "tags"] as const;
type Attribute = (typeof attributes)[number];

/** Columns that are no fields, as spreadsheets in English and Russian call them. */
const names: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ...attributes.map((name): [string, Attribute] => [name, name]),
  ["имя", "name"],
  ["фио", "name"],
  ["телефон", "phone"],
  ["e-mail", "email"],
  ["почта", "email"],
  ["tag", "tags"],
  ["теги", "tags"],
  ["метки", "tags"],
]);

/** What an export says of a contact besides, and an import must not set. */
const told: ReadonlySet<string> = new Set(["created", "updated"]);

/** Cells by column to what they say of a contact: a column of an unknown name is a field. */
export function toContactRow(cells: ReadonlyMap<string, string>): ContactRow | { fault: string } {
  const values = new Map<Attribute, string>();
  const fields: [string, string][] = [];
  for (const [column, cell] of cells) {
    const text = plain(cell);
    const attribute = names.get(column.toLowerCase());
    if (text === "" || column === "" || told.has(column.toLowerCase())) continue;
    if (attribute === undefined) fields.push([fieldKey(column), text]);
    else values.set(attribute, text);
  }
  return check(values, Object.fromEntries(fields));
}

function check(
  values: ReadonlyMap<Attribute, string>,
  fields: Readonly<Record<string, string>>,
): ContactRow | { fault: string } {
  const [id, phone, email] = [values.get("id"), values.get("phone"), values.get("email")];
  const digits = phone?.replaceAll(/[\s().+-]/g, "");
  if (digits !== undefined && !/^\d{5,15}$/.test(digits))
    return { fault: `phone: "${phone}" is no phone number` };
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email))
    return { fault: `email: "${email}" is no address` };
  if (id === undefined && digits === undefined && email === undefined)
    return { fault: "id, phone or email: one of them must be there" };
  const [name, username] = [values.get("name"), values.get("username")];
  return {
    ...(id === undefined ? {} : { id }),
    set: {
      ...(name === undefined ? {} : { name }),
      ...(digits === undefined ? {} : { phone: digits }),
      ...(username === undefined ? {} : { username }),
      ...(email === undefined ? {} : { email: email.toLowerCase() }),
    },
    fields,
    tags: (values.get("tags") ?? "").split(/[,;|]/),
  };
}

/** A quote before a sign keeps spreadsheets from computing the cell: an export has put it there. */
const plain = (cell: string): string => cell.trim().replace(/^'(?=[=+\-@\t\r])/, "");
