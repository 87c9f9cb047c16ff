import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import { pageFields, pageOf, readCursor, toPage } from "#api/rest/pages.ts";
import { notFound } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import type { RaisedAlert } from "#shared/models/alerts.ts";
import { writePlace } from "#shared/models/place.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Alerts";
const path = "/api/v1/alerts";

const alertSchema = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: "docs/operations.md says what each asks for" }),
    channel_id: z.string().nullable(),
    subject: z.string().meta({ description: "The message, send, file or channel it is about" }),
    text: z.string(),
    count: z.int().meta({ description: "How often the same trouble came" }),
    first_at: dateField,
    last_at: dateField,
    ended_at: dateField.nullable(),
  })
  .meta({ id: "Alert" });

const showAlert = (alert: RaisedAlert): z.input<typeof alertSchema> => ({
  id: alert._id,
  kind: alert.kind,
  channel_id: alert.channelId === "" ? null : alert.channelId,
  subject: alert.subject,
  text: alert.text,
  count: alert.count,
  first_at: alert.firstAt.toISOString(),
  last_at: alert.lastAt.toISOString(),
  ended_at: alert.endedAt?.toISOString() ?? null,
});

export const alertRoutes = [
  defineRoute({
    id: "list_alerts",
    method: "get",
    path,
    tag,
    summary: "What a person has to see to, the youngest first",
    access: "conversations:read",
    input: z.object({
      query: z.strictObject({
        ...pageFields,
        kind: z.string().max(100).exactOptional(),
        state: z.enum(["open", "ended", "all"]).default("open"),
      }),
    }),
    answer: pageOf(alertSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor, ...query } = input.query;
      const page = compact({ ...query, after: readCursor(cursor), limit: limit + 1 });
      const found = await api.models.alerts.list(identity.tenantId, page);
      return toPage(found, limit, {
        cursorOf: ({ _id: id, lastAt: at }) => writePlace({ at, id }),
        show: showAlert,
      });
    },
  }),
  defineRoute({
    id: "end_alert",
    method: "post",
    path: `${path}/{id}/end`,
    tag,
    summary: "Somebody saw to it; the same trouble opens it again",
    access: "conversations:write",
    // A kind and what it is about: longer than other ids.
    input: z.object({ params: z.strictObject({ id: z.string().min(1).max(1000) }) }),
    answer: alertSchema,
    run: async ({ api, identity: { tenantId }, input: { params } }) => {
      await api.models.alerts.end(tenantId, params.id, new Date());
      const ended = await api.models.alerts.read(tenantId, params.id);
      if (ended === undefined) throw notFound("alert");
      return showAlert(ended);
    },
  }),
];
