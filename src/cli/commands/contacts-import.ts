import { open } from "node:fs/promises";
import { z } from "zod";
import { plainName } from "#cli/channels/channel-flags.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import { isEncoding, isEncodingFault } from "#shared/contacts/encodings.ts";
import { importContacts, type Imported, type RowFault } from "#shared/contacts/import-contacts.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";

const schema = z.object({
  tenant: plainName.default("default"),
  encoding: z
    .string()
    .refine(isEncoding, "is no encoding; try utf-8 or windows-1251")
    .default("utf-8"),
  operands: z.tuple([z.string()], { error: "name one CSV file, or - for standard input" }),
});
type Flags = z.infer<typeof schema>;

/** Told one by one; of more only the number is. */
const mostTold = 1000;
const progressEvery = 1000;

export const contactsImport = defineCommand({
  name: "contacts import",
  summary:
    "Takes contacts from a CSV file with a heading; columns of other names than id, name, phone, " +
    "username, email and tags become fields. A row that is wrong is told and stops nothing",
  operands: "FILE",
  options: {
    tenant: { value: "ID", help: "whose contacts they are; default: default" },
    encoding: { value: "NAME", help: "of the file, such as windows-1251; default: utf-8" },
  },
  schema,
  run: async ({ json, ...flags }) => {
    const faults: RowFault[] = [];
    const imported = await withDatabase((database) => take(database, flags, faults));
    return print(json, { ...imported, faults }, tell(imported, faults));
  },
});

async function take(database: Database, flags: Flags, faults: RowFault[]): Promise<Imported> {
  const { connection, models } = database;
  const { tenant: tenantId, encoding } = flags;
  const [file] = flags.operands;
  await ensureIndexes(connection);
  if ((await models.tenants.find(tenantId)) === null)
    throw new CommandError(`--tenant: there is no tenant ${tenantId}`);
  let toldRows = 0;
  try {
    return await importContacts(models, await openInput(file), {
      tenantId,
      encoding,
      now: () => new Date(),
      onFault: (fault) => void (faults.length < mostTold && faults.push(fault)),
      onProgress: ({ rows }) => {
        if (rows - toldRows < progressEvery) return;
        toldRows = rows;
        process.stderr.write(`${rows} rows\n`);
      },
    });
  } catch (error) {
    if (!isEncodingFault(error) && !isFileFault(error)) throw error;
    const advice = isEncodingFault(error) ? "; say its --encoding, such as windows-1251" : "";
    throw new CommandError(`could not read ${file}: ${error.message}${advice}`, { cause: error });
  }
}

/** Opened before anything reads it: a file that is not there is a refusal, not a stream's surprise. */
const openInput = async (file: string) =>
  file === "-" ? process.stdin : (await open(file)).createReadStream();

const isFileFault = (error: unknown): error is Error => error instanceof Error && "path" in error;

function tell(imported: Imported, faults: readonly RowFault[]): string {
  const { rows, created, changed, refused, misfits } = imported;
  const lines = faults.map(
    ({ line, message, kept }) => `line ${line}: ${message}${kept ? "" : " (row not taken)"}`,
  );
  const more = refused + misfits - faults.length;
  return [
    ...lines,
    ...(more > 0 ? [`… and ${more} more`] : []),
    `${rows} rows: ${created} contacts created, ${changed} changed, ${refused} not taken, ${misfits} values kept as text.`,
  ].join("\n");
}
