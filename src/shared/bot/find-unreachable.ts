import { warnAt, type Fault } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";

/** Nodes to which no way leads from the start, or from where a trigger starts. */
export const findUnreachable = ({ start, nodes, triggers }: Flow): readonly Fault[] => {
  const reached = new Set([start.id, ...triggers.flatMap((trigger) => trigger.start?.id ?? [])]);
  for (const id of reached)
    for (const target of nodes.get(id)?.edges.values() ?? []) reached.add(target);
  return [...nodes.values()]
    .filter(({ id }) => !reached.has(id))
    .map((node) => warnAt(node, `no way leads here from the start "${start.id}"`));
};
