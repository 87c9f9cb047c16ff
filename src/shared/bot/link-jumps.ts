import { failWith, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import type { OpenNode } from "#shared/bot/link-edges.ts";
import { placeId } from "#shared/bot/spread-flows.ts";

/** Gives each jump the plain edge to where it leads. `starts`: the first node by flow. */
export const linkJumps = (
  nodes: ReadonlyMap<string, OpenNode>,
  starts: ReadonlyMap<string, FlowNode | string>,
): readonly Fault[] =>
  [...nodes.values()].flatMap((source) => {
    const target = findTarget(nodes, starts, source);
    if (target === undefined) return [];
    if (typeof target === "string")
      return [failWith(`${source.path}.data`, `node "${source.id}": ${target}`)];
    source.edges.set("", target.id);
    return [];
  });

const findTarget = (
  nodes: ReadonlyMap<string, FlowNode>,
  starts: ReadonlyMap<string, FlowNode | string>,
  source: FlowNode,
): FlowNode | string | undefined => {
  if (source.jump === undefined) return undefined;
  const { flow = source.flow, node } = source.jump;
  const start = starts.get(flow);
  if (start === undefined) return `it jumps to the flow "${flow}", which does not exist`;
  if (node === undefined) return start;
  const id = placeId(flow, node);
  return nodes.get(id) ?? `it jumps to "${id}", which does not exist`;
};
