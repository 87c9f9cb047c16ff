import { z } from "zod";
import { invalid } from "#api/rest/problem.ts";
import { checkFlow as check } from "#shared/bot/check-flow.ts";
import { listLimits } from "#shared/providers/list-limits.ts";

export const faultSchema = z
  .object({
    path: z.string(),
    message: z.string().meta({ description: "Names the node and says what to do" }),
    severity: z
      .enum(["error", "warning"])
      .meta({ description: "Only errors keep it from running" }),
    provider: z.string().optional(),
  })
  .meta({ id: "FlowFault" });

/** Everything that is wrong with a flow, and what hardly was meant so. */
export const listFaults = (flow: unknown): z.input<typeof faultSchema>[] => [
  ...check(flow, listLimits()),
];

/** Throws with every error of the flow, each at its place under `field`. */
export function checkFlow(flow: unknown, field: string): void {
  const errors = listFaults(flow).filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw invalid(
    errors.map(({ path, message }) => ({
      field: path === "" ? field : `${field}.${path}`,
      message,
    })),
  );
}
