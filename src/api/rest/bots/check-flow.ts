import { z } from "zod";
import { invalid } from "#api/rest/problem.ts";
import { parseFlow } from "#shared/bot/flow.ts";

export const faultSchema = z
  .object({
    path: z.string(),
    message: z.string().meta({ description: "Names the node and says what to do" }),
  })
  .meta({ id: "FlowFault" });

/** Every fault that keeps the flow from running; empty when it can. */
export function listFaults(flow: unknown): z.input<typeof faultSchema>[] {
  const parsed = parseFlow(flow);
  return "errors" in parsed ? [...parsed.errors] : [];
}

/** Throws with every fault of the flow, each at its place under `field`. */
export function checkFlow(flow: unknown, field: string): void {
  const faults = listFaults(flow);
  if (faults.length > 0)
    throw invalid(
      faults.map(({ path, message }) => ({
        field: path === "" ? field : `${field}.${path}`,
        message,
      })),
    );
}
