import { z } from "zod";
import { findBot } from "#api/rest/bots/find-bot.ts";
import { byId, done, ok } from "#api/rest/fields.ts";
import { Problem } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";

export const botRemovalRoutes = [
  defineRoute({
    id: "delete_bot",
    method: "delete",
    path: "/api/v1/bots/{id}",
    tag: "Bots",
    summary: "Removes a bot that answers on no channel; what conversations had of it stays",
    access: "bots:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const { bots, channels } = call.api.models;
      const { tenantId, _id } = await findBot(call, call.input.params.id);
      const channel = await channels.findByBot(tenantId, _id);
      if (channel !== null)
        throw new Problem(409, `This bot answers on ${channel.name}: give that another one first`);
      await bots.removeOf(tenantId, _id);
      return ok;
    },
  }),
];
