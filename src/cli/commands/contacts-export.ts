import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { plainName } from "#cli/channels/channel-flags.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { withDatabase } from "#cli/with-database.ts";
import { exportContacts } from "#shared/contacts/export-contacts.ts";

const schema = z.object({
  tenant: plainName.default("default"),
  operands: z.tuple([z.string()], { error: "name one file to write, or - for standard output" }),
});

export const contactsExport = defineCommand({
  name: "contacts export",
  summary: "Writes a tenant's contacts as CSV, as `contacts import` takes them",
  operands: "FILE",
  options: { tenant: { value: "ID", help: "whose contacts; default: default" } },
  schema,
  run: async ({ json, tenant, operands: [file] }) => {
    const isStandard = file === "-";
    await withDatabase(({ models }) =>
      pipeline(
        Readable.from(exportContacts(models, tenant)),
        isStandard ? process.stdout : createWriteStream(file),
        { end: !isStandard },
      ),
    );
    return isStandard ? "" : print(json, { file }, `The contacts are in ${file}.`);
  },
});
