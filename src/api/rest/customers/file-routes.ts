import { z } from "zod";
import { invalid } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import { isEncoding, isEncodingFault } from "#shared/contacts/encodings.ts";
import { exportContacts } from "#shared/contacts/export-contacts.ts";
import { importContacts, type RowFault } from "#shared/contacts/import-contacts.ts";

const tag = "Contacts";

/** Told one by one; of more only the number is. */
const mostTold = 1000;

const imported = z
  .object({
    rows: z.int(),
    created: z.int(),
    changed: z.int(),
    refused: z.int(),
    misfits: z.int().meta({ description: "Values that do not fit their field, kept as text" }),
    faults: z.array(z.object({ line: z.int(), message: z.string(), kept: z.boolean() })),
  })
  .meta({ id: "Imported" });

export const fileRoutes = [
  defineRoute({
    id: "export_contacts",
    method: "get",
    path: "/api/v1/contacts/export",
    tag,
    summary: "All contacts as CSV, merged identities as one; an import takes it as it is",
    access: "contacts:read",
    input: z.object({}),
    produces: "text/csv",
    answer: z.custom<AsyncIterable<string>>().meta({ type: "string" }),
    run: ({ api, identity }) => Promise.resolve(exportContacts(api.models, identity.tenantId)),
  }),
  defineRoute({
    id: "import_contacts",
    method: "post",
    path: "/api/v1/contacts/import",
    tag,
    summary: "Contacts from a CSV file with a heading, 10 MB at most; a wrong row stops nothing",
    access: "contacts:write",
    input: z.object({
      query: z.strictObject({
        encoding: z
          .string()
          .refine(isEncoding, "is no encoding; try utf-8 or windows-1251")
          .default("utf-8"),
      }),
    }),
    consumes: "text/csv",
    answer: imported,
    run: async ({ api, identity, input, file }) => {
      const faults: RowFault[] = [];
      try {
        const counted = await importContacts(api.models, file, {
          tenantId: identity.tenantId,
          encoding: input.query.encoding,
          now: () => new Date(),
          onFault: (fault) => void (faults.length < mostTold && faults.push(fault)),
          onProgress: () => undefined,
        });
        return { ...counted, faults };
      } catch (error) {
        if (!isEncodingFault(error)) throw error;
        throw invalid([{ field: "encoding", message: "is not that of the file" }]);
      }
    },
  }),
];
