import { z } from "zod";
import { byId, done, ok } from "#api/rest/fields.ts";
import { notFound, Problem } from "#api/rest/problem.ts";
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
    run: async ({ api, identity, input }) => {
      const { bots, channels } = api.models;
      const { id } = input.params;
      const bot = await bots.findOf(identity.tenantId, id);
      if (bot === null) throw notFound("bot");
      const channel = await channels.findByBot(identity.tenantId, id);
      if (channel !== null)
        throw new Problem(409, `This bot answers on ${channel.name}: give that another one first`);
      await bots.removeOf(identity.tenantId, id);
      return ok;
    },
  }),
];
