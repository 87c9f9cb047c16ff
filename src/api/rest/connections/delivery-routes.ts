import { z } from "zod";
import { findConnection } from "#api/rest/connections/save-connection.ts";
import {
  deliverySchema,
  deliveryStates,
  showDelivery,
} from "#api/rest/connections/show-connection.ts";
import { byId } from "#api/rest/fields.ts";
import { pageFields, pageOf, readCursor, toPage } from "#api/rest/pages.ts";
import { notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { crmLaneOf, type CrmAction } from "#shared/models/crm-actions.ts";
import { writePlace } from "#shared/models/place.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Connections";
const path = "/api/v1/connections/{id}/deliveries";

async function findDelivery({ api, identity }: Call<unknown>, id: string): Promise<CrmAction> {
  const found = await api.models.crmActions.findOf(identity.tenantId, id);
  if (found === null) throw notFound("delivery");
  return found;
}

export const deliveryRoutes = [
  defineRoute({
    id: "list_deliveries",
    method: "get",
    path,
    tag,
    summary: "The delivery log, the youngest first; a settled delivery stays for 30 days",
    access: "settings:read",
    input: z.object({
      params: byId,
      query: z.strictObject({ ...pageFields, state: z.enum(deliveryStates).exactOptional() }),
    }),
    answer: pageOf(deliverySchema),
    run: async (call) => {
      const { params, query } = call.input;
      const { limit, cursor, state } = query;
      const { tenantId, _id } = await findConnection(call, params.id);
      const wanted = compact({ state, after: readCursor(cursor) });
      const found = await call.api.models.crmActions.listOf(tenantId, _id, {
        ...wanted,
        limit: limit + 1,
      });
      return toPage(found, limit, {
        cursorOf: (last) => writePlace({ id: last._id, at: last.createdAt }),
        show: showDelivery,
      });
    },
  }),
  defineRoute({
    id: "redeliver",
    method: "post",
    path: "/api/v1/deliveries/{id}/redeliver",
    tag,
    summary: "Delivers it once more under its old id, with the whole retry schedule before it",
    access: "settings:write",
    status: 202,
    input: z.object({ params: byId }),
    answer: deliverySchema,
    run: async (call) => {
      const { api, identity, input } = call;
      const action = await findDelivery(call, input.params.id);
      const connection = await findConnection(call, action.connectionId ?? "");
      if (!connection.active) throw new Problem(409, "The connection is off: switch it on first");
      if (!(await api.models.crmActions.redeliver(identity.tenantId, action, new Date())))
        throw new Problem(409, "It is being delivered already");
      await api.wake("crm", crmLaneOf(action.conversationId, action.work));
      return showDelivery(await findDelivery(call, action._id));
    },
  }),
];
