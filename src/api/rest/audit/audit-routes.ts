import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import { pageFields, pageOf, toPage } from "#api/rest/pages.ts";
import { defineRoute } from "#api/rest/route.ts";
import type { AuditEntry } from "#shared/models/audit.ts";

const entrySchema = z
  .object({
    id: z.string(),
    at: dateField,
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    action: z.string().meta({ description: "The operation's id in this document" }),
    target: z.string().nullable(),
    fields: z.array(z.string()).meta({ description: "Names only, never what was written" }),
    address: z.string(),
    request_id: z.string(),
    status: z
      .int()
      .nullable()
      .meta({ description: "The answer; null where the process ended before it" }),
  })
  .meta({ id: "AuditEntry" });

const showEntry = (entry: AuditEntry): z.input<typeof entrySchema> => ({
  id: entry._id,
  at: entry.at.toISOString(),
  actor: entry.actor,
  action: entry.action,
  target: entry.target ?? null,
  fields: [...entry.fields],
  address: entry.address,
  request_id: entry.requestId,
  status: entry.status ?? null,
});

export const auditRoutes = [
  defineRoute({
    id: "list_audit",
    method: "get",
    path: "/api/v1/audit",
    tag: "Audit log",
    summary: "Who did what, the newest first",
    access: "audit:read",
    input: z.object({ query: z.strictObject(pageFields) }),
    answer: pageOf(entrySchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor } = input.query;
      const found = await api.models.audit.list(identity.tenantId, cursor, limit + 1);
      return toPage(found, limit, { cursorOf: ({ _id }) => _id, show: showEntry });
    },
  }),
];
