import { warnAt, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { fold } from "#shared/bot/fold.ts";

/** Results of a node after which the scenario ends because no edge is there. */
export const findMissingEdges = ({ nodes }: Flow): readonly Fault[] =>
  [...nodes.values()].flatMap((node) => {
    if (node.edges.has("")) return [];
    const missing = node.outcomes.filter((labels) => !isLed(node, labels));
    if (missing.length === 0) return [];
    if (missing.length === node.outcomes.length)
      return [warnAt(node, "no edge leaves it: whatever comes, the scenario ends here")];
    const names = missing.map((labels) => `"${labels.at(-1)}"`).join(", ");
    return [warnAt(node, `no edge for ${names}: the scenario ends there`)];
  });

const isLed = ({ edges }: FlowNode, labels: readonly string[]): boolean =>
  labels.some((label) => edges.has(fold(label)));
