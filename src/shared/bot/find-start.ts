import type { FlowDocument } from "#shared/bot/flow-document.ts";
import type { FlowNode } from "#shared/bot/flow-node.ts";

/**
 * Where the scenario begins: what `start` names, else the welcome node, else the only node that no
 * edge leads to. A text says why there is no such node.
 */
export const findStart = (
  document: FlowDocument,
  nodes: ReadonlyMap<string, FlowNode>,
): FlowNode | string => {
  const { start, edges } = document;
  if (typeof start === "string") {
    return nodes.get(start) ?? `the start node "${start}" does not exist`;
  }
  const welcomes = [...nodes.values()].filter(({ type }) => type === "welcome");
  if (welcomes.length > 0) return takeOnly(welcomes);
  const targets = new Set(edges.map(({ target }) => target));
  return takeOnly([...nodes.values()].filter(({ id }) => !targets.has(id)));
};

const takeOnly = (nodes: readonly FlowNode[]): FlowNode | string => {
  const [first, ...others] = nodes;
  if (first === undefined) return "every node has an edge leading to it: name the first as `start`";
  if (others.length === 0) return first;
  const names = nodes.slice(0, 5).map(({ id }) => `"${id}"`);
  return `several nodes could be the first: ${names.join(", ")}; name one as \`start\``;
};
