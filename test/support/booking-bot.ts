import type { TestSystem } from "./system.ts";

/** The system's bot from now on: tags the customer, opens a deal, says so and calls a person. */
export async function publishBookingBot({ models }: TestSystem): Promise<void> {
  const now = new Date();
  await models.bots.publish(
    { _id: "bot", schemaVersion: 1, tenantId: "tenant", name: "booking", updatedAt: now },
    {
      nodes: [
        { id: "tag", type: "action", data: { actionType: "assign_tag", value: "booked" } },
        {
          id: "deal",
          type: "action",
          data: { actionType: "create_deal", value: "{{user_input}}" },
        },
        { id: "thanks", type: "message", data: { message: "Booked {{user_input}}" } },
        { id: "person", type: "action", data: { actionType: "human_takeover" } },
      ],
      edges: [
        { source: "tag", target: "deal" },
        { source: "deal", target: "thanks" },
        { source: "thanks", target: "person" },
      ],
      start: "tag",
    },
    now,
  );
}
