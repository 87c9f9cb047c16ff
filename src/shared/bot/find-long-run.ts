import type { FlowNode } from "#shared/bot/flow-node.ts";
import { maxSteps } from "#shared/bot/limits.ts";

type Nodes = ReadonlyMap<string, FlowNode>;

/**
 * A node from which one turn could enter more nodes than a turn may. Only for nodes without a circle
 * that never waits.
 */
export const findLongRun = (nodes: Nodes): FlowNode | undefined => {
  const runs = new Map<string, number>();
  return [...nodes.values()].find((node) => countRun(nodes, runs, node) > maxSteps);
};

/** Nodes entered at most from here on, this one and the one that waits among them. */
const countRun = (nodes: Nodes, runs: Map<string, number>, node: FlowNode): number => {
  const counted = runs.get(node.id);
  if (counted !== undefined) return counted;
  const next = node.waits ? [] : [...node.edges.values()];
  const lengths = next.map((id) => {
    const target = nodes.get(id);
    return target === undefined ? 0 : countRun(nodes, runs, target);
  });
  const run = 1 + Math.max(0, ...lengths);
  runs.set(node.id, run);
  return run;
};
