import { z } from "zod";
import {
  checkRoom,
  checkUrl,
  createConnection,
  findConnection,
  rotateSecret,
} from "#api/rest/connections/save-connection.ts";
import { connectionSchema, showConnection } from "#api/rest/connections/show-connection.ts";
import { byId, done, nameField, ok } from "#api/rest/fields.ts";
import { pageOf } from "#api/rest/pages.ts";
import { defineRoute } from "#api/rest/route.ts";
import { crmEventTypes } from "#shared/domain/crm.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Connections";
const path = "/api/v1/connections";

const url = z.url({ protocol: /^https?$/, error: "must be an address: https://…" }).max(2000);
const events = z.array(z.enum(crmEventTypes)).min(1).meta({ description: "What it is told of" });

const withSecret = z.object({
  ...connectionSchema.shape,
  secret: z.string().meta({ description: "For checking signatures; shown only here" }),
});

export const connectionRoutes = [
  defineRoute({
    id: "list_connections",
    method: "get",
    path,
    tag,
    summary: "The outside systems that are told of what happens",
    access: "settings:read",
    input: z.object({}),
    answer: pageOf(connectionSchema),
    run: async ({ api, identity }) => {
      const found = await api.models.connections.listOf(identity.tenantId);
      return { items: found.map(showConnection), next_cursor: null };
    },
  }),
  defineRoute({
    id: "create_connection",
    method: "post",
    path,
    tag,
    summary: "Signed webhooks (Standard Webhooks) to an address; the answer has the secret",
    access: "settings:write",
    status: 201,
    input: z.object({ body: z.strictObject({ name: nameField, url, events }) }),
    answer: withSecret,
    run: async (call) => {
      const { connection, secret } = await createConnection(call, call.input.body);
      return { ...showConnection(connection), secret };
    },
  }),
  defineRoute({
    id: "show_connection",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One connection",
    access: "settings:read",
    input: z.object({ params: byId }),
    answer: connectionSchema,
    run: async (call) => showConnection(await findConnection(call, call.input.params.id)),
  }),
  defineRoute({
    id: "update_connection",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary: "Changes what is named; switching it on again forgets its failures",
    access: "settings:write",
    input: z.object({
      params: byId,
      body: z.strictObject({
        name: nameField.exactOptional(),
        url: url.exactOptional(),
        events: events.exactOptional(),
        is_active: z.boolean().exactOptional(),
      }),
    }),
    answer: connectionSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const { tenantId, _id, active: wasActive } = await findConnection(call, params.id);
      if (body.is_active === true && !wasActive) await checkRoom(call);
      if (body.url !== undefined) checkUrl(call, body.url);
      const { is_active: active, ...rest } = body;
      await call.api.models.connections.update(tenantId, _id, compact({ ...rest, active }));
      return showConnection(await findConnection(call, _id));
    },
  }),
  defineRoute({
    id: "rotate_connection_secret",
    method: "post",
    path: `${path}/{id}/rotate-secret`,
    tag,
    summary: "A new secret; for a day deliveries carry the old signature, too",
    access: "settings:write",
    input: z.object({ params: byId }),
    answer: withSecret,
    run: async (call) => {
      const { connection, secret } = await rotateSecret(call, call.input.params.id);
      return { ...showConnection(connection), secret };
    },
  }),
  defineRoute({
    id: "delete_connection",
    method: "delete",
    path: `${path}/{id}`,
    tag,
    summary: "It is told of nothing more; what waits for it is canceled",
    access: "settings:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const { tenantId, _id } = await findConnection(call, call.input.params.id);
      await call.api.models.connections.retire(tenantId, _id);
      return ok;
    },
  }),
];
