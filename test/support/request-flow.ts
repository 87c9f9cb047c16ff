import type { TestSystem } from "./system.ts";

/** Publishes a bot that calls `url`, says what was found there, and that a call failed. */
export async function publishRequestFlow(
  { models }: TestSystem,
  url: string,
  request: object = {},
): Promise<void> {
  const now = new Date();
  const data = {
    url: `${url}/orders/{{user_input}}`,
    saveAs: { state: "order.state" },
    ...request,
  };
  await models.bots.publish(
    { _id: "bot", schemaVersion: 1, tenantId: "tenant", name: "orders", updatedAt: now },
    {
      nodes: [
        { id: "call", type: "http_request", data },
        { id: "found", type: "message", data: { message: "Order: {{vars.state}}" } },
        { id: "sorry", type: "message", data: { message: "No answer" } },
      ],
      edges: [
        { source: "call", target: "found", label: "ok" },
        { source: "call", target: "sorry", label: "error" },
      ],
      start: "call",
    },
    now,
  );
}
