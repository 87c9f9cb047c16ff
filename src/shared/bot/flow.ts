import { findCircle } from "#shared/bot/find-circle.ts";
import { findLongRun } from "#shared/bot/find-long-run.ts";
import { findStart } from "#shared/bot/find-start.ts";
import { documentSchema, mainFlow, type FlowDocument } from "#shared/bot/flow-document.ts";
import { failWith, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import { maxSteps } from "#shared/bot/limits.ts";
import { linkEdges } from "#shared/bot/link-edges.ts";
import { linkJumps } from "#shared/bot/link-jumps.ts";
import { linkTriggers } from "#shared/bot/link-triggers.ts";
import { spreadFlows, type FlowPart } from "#shared/bot/spread-flows.ts";
import type { Trigger } from "#shared/bot/trigger.ts";

/** A scenario that was checked: every edge leads somewhere and no turn can run in a circle. */
export interface Flow {
  readonly start: FlowNode;
  readonly nodes: ReadonlyMap<string, FlowNode>;
  /** The nodes that offer a choice of that id. */
  readonly offering: ReadonlyMap<string, readonly FlowNode[]>;
  /** The answer to a button of another node; without it such a button goes on from there. */
  readonly oldButtonsText?: string;
  /** In the order in which they are asked. */
  readonly triggers: readonly Trigger[];
  /** Messages that follow one another this closely are one input. */
  readonly burstMs?: number;
}

export type ParsedFlow = { readonly flow: Flow } | { readonly errors: readonly Fault[] };

/** Checks a flow document; the errors say by node what is wrong with it. */
export const parseFlow = (document: unknown): ParsedFlow => {
  const parsed = documentSchema.safeParse(document);
  if (parsed.success) return buildFlow(parsed.data);
  const { issues } = parsed.error;
  return { errors: issues.map(({ path, message }) => failWith(path.join("."), message)) };
};

const buildFlow = (document: FlowDocument): ParsedFlow => {
  const parts = spreadFlows(document);
  const { nodes, faults } = linkEdges(parts);
  const starts = new Map(parts.map((part) => [part.name, findStart(part, nodes)]));
  const isWhole = parts.every((part) => part.nodes.every(({ bound }) => bound !== undefined));
  // Without some of the nodes these would find faults that are none.
  const whole = isWhole ? [...linkJumps(nodes, starts), ...missStarts(parts, starts)] : [];
  const { triggers, faults: lost } = linkTriggers(document.triggers, starts);
  const errors = [...faults, ...whole, ...lost, ...findEndless(nodes)];
  const start = starts.get(mainFlow);
  if (errors.length > 0 || start === undefined || typeof start === "string") return { errors };
  const { oldButtons, oldButtonsText, burstSeconds } = document;
  return {
    flow: {
      start,
      nodes,
      offering: groupByChoice(nodes),
      triggers,
      ...(oldButtons === "explain" && oldButtonsText !== undefined && { oldButtonsText }),
      ...(burstSeconds !== undefined && { burstMs: Math.ceil(burstSeconds * 1000) }),
    },
  };
};

const missStarts = (
  parts: readonly FlowPart[],
  starts: ReadonlyMap<string, FlowNode | string>,
): readonly Fault[] =>
  parts.flatMap(({ name, path }) => {
    const start = starts.get(name);
    return typeof start === "string" ? [failWith(`${path}start`, start)] : [];
  });

/** Where a turn would not come to an end. */
const findEndless = (nodes: ReadonlyMap<string, FlowNode>): readonly Fault[] => {
  const circle = findCircle(nodes);
  const [first] = circle;
  if (first !== undefined) {
    const round = circle.join(" → ");
    return [failWith("edges", `node "${first}": the circle ${round} never waits for the customer`)];
  }
  const long = findLongRun(nodes);
  if (long === undefined) return [];
  const message = `node "${long.id}": more than ${maxSteps} nodes follow from here without a wait`;
  return [failWith(long.path, message)];
};

const groupByChoice = (nodes: ReadonlyMap<string, FlowNode>): Flow["offering"] => {
  const offering = new Map<string, FlowNode[]>();
  for (const node of nodes.values())
    for (const { id } of node.choices) {
      const offered = offering.get(id) ?? [];
      offered.push(node);
      offering.set(id, offered);
    }
  return offering;
};
