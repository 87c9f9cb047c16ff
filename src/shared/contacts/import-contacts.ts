import { createHash } from "node:crypto";
import { sumTags } from "#shared/domain/contact.ts";
import { toContactRow, type ContactRow } from "#shared/contacts/contact-row.ts";
import { fitFields } from "#shared/contacts/fit-fields.ts";
import { readRows, type ReadRow } from "#shared/contacts/read-rows.ts";
import type { Models } from "#shared/models/open-models.ts";

export interface Imported {
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  /** Rows that were not taken. */
  readonly refused: number;
  /** Values that were kept as text though their field is of another type. */
  readonly misfits: number;
}

/** What is wrong with one row; `kept`: the row was taken all the same. */
export interface RowFault {
  readonly line: number;
  readonly message: string;
  readonly kept: boolean;
}

export interface ImportOptions {
  readonly tenantId: string;
  readonly encoding: string;
  readonly now: () => Date;
  readonly onFault: (fault: RowFault) => void;
  readonly onProgress: (imported: Imported) => void;
}

type Stored = Pick<Models, "contacts" | "contactFields" | "tags">;
const rowsAtOnce = 50;

/** Takes a file of contacts row by row; a row that is wrong is told with its line and stops nothing. */
export async function importContacts(
  models: Stored,
  bytes: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<Imported> {
  const { tenantId, now, onFault, onProgress } = options;
  const definitions = await models.contactFields.list(tenantId);
  const knownTags = new Set<string>();
  const count = { rows: 0, created: 0, changed: 0, refused: 0, misfits: 0 };
  const waiting = new Map<string, ContactRow>();

  const refuse = (line: number, message: string): void => {
    count.refused += 1;
    onFault({ line, message, kept: false });
  };
  const store = async (): Promise<void> => {
    const rows = [...waiting.values()];
    waiting.clear();
    await noteTags(models, tenantId, rows, knownTags, now());
    const answers = await Promise.all(rows.map((row) => storeRow(models, tenantId, row, now())));
    for (const answer of answers) count[answer] += 1;
    onProgress({ ...count });
  };
  const take = async (row: ReadRow): Promise<void> => {
    count.rows += 1;
    const contact = "fault" in row ? row : toContactRow(row.cells);
    if ("fault" in contact) return refuse(row.line, contact.fault);
    for (const { key, text, misfit } of fitFields(contact.fields, definitions, now().getTime())) {
      if (misfit === undefined) continue;
      count.misfits += 1;
      onFault({ line: row.line, message: `${key}: "${text}" ${misfit}, kept as text`, kept: true });
    }
    const key = keyOf(contact);
    // A person's second row comes after the first.
    if (waiting.has(key)) await store();
    waiting.set(key, contact);
    if (waiting.size >= rowsAtOnce) await store();
  };

  for await (const row of readRows(bytes, options)) await take(row);
  await store();
  return { ...count };
}

const keyOf = ({ id, set }: ContactRow): string => set.phone ?? set.email ?? id ?? "";

async function noteTags(
  models: Stored,
  tenantId: string,
  rows: readonly ContactRow[],
  known: Set<string>,
  now: Date,
): Promise<void> {
  const given = sumTags(rows.flatMap(({ tags }) => tags.map((tag) => ({ tag }))))?.add ?? [];
  const fresh = given.filter((tag) => !known.has(tag));
  for (const tag of fresh) known.add(tag);
  await models.tags.note(tenantId, fresh, now);
}

/** The contact of the id, else of the phone, else a new one whose id is the same for the next file. */
async function storeRow(
  { contacts }: Stored,
  tenantId: string,
  row: ContactRow,
  now: Date,
): Promise<"created" | "changed"> {
  const { id, set, fields, tags } = row;
  const change = sumTags(tags.map((tag) => ({ tag })));
  const edit = { set, fields, ...(change === undefined ? {} : { tags: change }) };
  if (id !== undefined && (await contacts.edit(tenantId, id, edit, now))) return "changed";
  const known = set.phone === undefined ? null : await contacts.findByPhone(tenantId, set.phone);
  const _id = known?._id ?? fileIdOf(tenantId, keyOf(row));
  if (await contacts.edit(tenantId, _id, edit, now)) return "changed";
  const made = { createdAt: now, updatedAt: now, tags: change?.add ?? [] };
  const contact = { _id, schemaVersion: 1, tenantId, ...set, fields, ...made } as const;
  if ((await contacts.create(contact)) === "created") return "created";
  await contacts.edit(tenantId, _id, edit, now);
  return "changed";
}

const fileIdOf = (tenantId: string, key: string): string =>
  `file|${createHash("sha256").update(`${tenantId}|${key}`).digest("base64url").slice(0, 24)}`;
