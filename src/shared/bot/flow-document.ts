import { z } from "zod";
import { textField } from "#shared/bot/fields.ts";
import {
  maxBurstSeconds,
  maxEdges,
  maxFlows,
  maxNodes,
  maxNodesTogether,
  maxTriggers,
} from "#shared/bot/limits.ts";
import type { BoundNode, RegisteredNode } from "#shared/bot/node.ts";
import * as registered from "#shared/bot/nodes/registered.ts";
import { triggerSchema } from "#shared/bot/trigger.ts";

const nodeTypes = new Map<string, RegisteredNode>(
  Object.values(registered).map((node) => [node.type, node]),
);

const idField = z.string().min(1).max(200);

/**
 * A node's data is checked by its type; fields that the canvas of an editor adds are left out. A node with
 * faults stays in its place, so that those of its neighbours are found, too.
 */
const nodeSchema = z
  .object({ id: idField, type: z.string().catch(""), data: z.unknown().optional() })
  .transform(({ id, type, data }): DocumentNode => {
    const nodeType = nodeTypes.get(type);
    if (nodeType === undefined) {
      const known = [...nodeTypes.keys()].join(", ");
      const message = `the type "${type}" is unknown, use one of ${known}`;
      return { id, data, faults: [{ path: "type", message }] };
    }
    const parsed = nodeType.data.safeParse(data ?? {});
    if (parsed.success) return { id, data, faults: [], bound: parsed.data };
    const faults = parsed.error.issues.map(({ path, message }) => ({
      path: ["data", ...path].join("."),
      message: `${path.join(".") || "data"}: ${message}`,
    }));
    return { id, data, faults };
  });

const labelField = z
  .union([z.string().max(300), z.boolean().transform(String)])
  .nullish()
  .transform((label) => label ?? "");

/** `label` is our documents' spelling, `sourceHandle` React Flow's. */
const edgeSchema = z.object({
  source: idField,
  target: idField,
  label: labelField,
  sourceHandle: labelField,
});

const flowSchema = z.object({
  nodes: z.array(nodeSchema).min(1).max(maxNodes),
  edges: z.array(edgeSchema).max(maxEdges).default([]),
  start: idField.nullish(),
});

/** The name of the flow that stands outside of `flows`. */
export const mainFlow = "main";

const flowName = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,64}$/u, "takes 1-64 letters, digits, _ and -")
  .refine((name) => name !== mainFlow && name !== "__proto__", "is a reserved name");

/** The document that users have; unknown fields are dropped without a word. */
export const documentSchema = flowSchema
  .extend({
    flows: z
      .record(flowName, flowSchema)
      .refine((flows) => Object.keys(flows).length <= maxFlows, `takes ${maxFlows} flows at most`)
      .default({}),
    /** What a button of another node does when it is pressed later. */
    oldButtons: z.enum(["jump", "explain"]).default("jump"),
    oldButtonsText: textField.exactOptional(),
    /** What starts, restarts or leaves it; without any, every message starts it. */
    triggers: z.array(triggerSchema).max(maxTriggers).default([]),
    /** How long a message waits for the next one: what comes within is one input. */
    burstSeconds: z.number().positive().max(maxBurstSeconds).exactOptional(),
  })
  .refine(
    ({ nodes, flows }) => nodes.length + countNodes(flows) <= maxNodesTogether,
    `all flows together have more than ${maxNodesTogether} nodes`,
  )
  .refine(
    ({ oldButtons, oldButtonsText }) => oldButtons === "jump" || oldButtonsText !== undefined,
    {
      path: ["oldButtonsText"],
      error: "is what `oldButtons: explain` answers",
    },
  );

const countNodes = (flows: Readonly<Record<string, z.infer<typeof flowSchema>>>): number =>
  Object.values(flows).reduce((sum, { nodes }) => sum + nodes.length, 0);

export interface DocumentNode {
  readonly id: string;
  readonly data: unknown;
  /** Within the node. */
  readonly faults: readonly { readonly path: string; readonly message: string }[];
  /** Absent where there are faults. */
  readonly bound?: BoundNode;
}

export type FlowDocument = z.infer<typeof documentSchema>;
export type DocumentEdge = z.infer<typeof edgeSchema>;
