import type { FlowNode } from "#shared/bot/flow-node.ts";

/**
 * A circle of nodes none of which waits for the customer, as ids; empty when there is none. Such a scenario
 * could run on for ever, so it is refused even where a condition might lead out.
 */
export const findCircle = (nodes: ReadonlyMap<string, FlowNode>): readonly string[] => {
  const left = new Map([...nodes].filter(([, node]) => !node.listens));
  while (dropEnds(left)) continue;
  return walkRound(left);
};

/** Takes away the nodes that lead to none of the others; false when there are none. */
const dropEnds = (left: Map<string, FlowNode>): boolean => {
  const ends = [...left.values()].filter((node) => findNext(left, node) === undefined);
  for (const { id } of ends) left.delete(id);
  return ends.length > 0;
};

/** Every node that is left leads to another one that is left, so that walking on must come round. */
const walkRound = (left: ReadonlyMap<string, FlowNode>): readonly string[] => {
  const path: string[] = [];
  let [node] = left.values();
  while (node !== undefined && !path.includes(node.id)) {
    path.push(node.id);
    node = findNext(left, node);
  }
  return node === undefined ? [] : [...path.slice(path.indexOf(node.id)), node.id];
};

const findNext = (left: ReadonlyMap<string, FlowNode>, node: FlowNode): FlowNode | undefined => {
  const target = [...node.edges.values()].find((id) => left.has(id));
  return target === undefined ? undefined : left.get(target);
};
