import type { FlowNode } from "#shared/bot/flow-node.ts";
import type { FlowPart } from "#shared/bot/spread-flows.ts";

/**
 * Where a flow begins: what `start` names, else the welcome node, else the only node that no
 * edge leads to. A text says why there is no such node.
 */
export const findStart = (
  { start, edges, name }: FlowPart,
  all: ReadonlyMap<string, FlowNode>,
): FlowNode | string => {
  const nodes = [...all.values()].filter(({ flow }) => flow === name);
  if (start !== undefined) {
    return nodes.find(({ id }) => id === start) ?? `the start node "${start}" does not exist`;
  }
  const welcomes = nodes.filter(({ type }) => type === "welcome");
  if (welcomes.length > 0) return takeOnly(welcomes);
  const targets = new Set(edges.map(({ target }) => target));
  return takeOnly(nodes.filter(({ id }) => !targets.has(id)));
};

const takeOnly = (nodes: readonly FlowNode[]): FlowNode | string => {
  const [first, ...others] = nodes;
  if (first === undefined) return "every node has an edge leading to it: name the first as `start`";
  if (others.length === 0) return first;
  const names = nodes.slice(0, 5).map(({ id }) => `"${id}"`);
  return `several nodes could be the first: ${names.join(", ")}; name one as \`start\``;
};
