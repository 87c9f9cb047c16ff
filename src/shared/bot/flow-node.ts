import type { BoundNode } from "#shared/bot/node.ts";

/** A node in its place. `edges`: folded label → node id; the plain edge has the label "". */
export interface FlowNode extends BoundNode {
  readonly id: string;
  readonly edges: ReadonlyMap<string, string>;
}

/** What is wrong with a flow document, and where in it. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}
