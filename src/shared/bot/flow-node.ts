import type { BoundNode } from "#shared/bot/node.ts";

/** A node in its place. `edges`: folded label → node id; the plain edge has the label "". */
export interface FlowNode extends BoundNode {
  readonly id: string;
  /** The flow of the document that it stands in. */
  readonly flow: string;
  /** Where in the document. */
  readonly path: string;
  /** Its data as the document has it. */
  readonly data: unknown;
  readonly edges: ReadonlyMap<string, string>;
}

/** What is wrong with a flow document, and where in it; only an error keeps it from running. */
export interface Fault {
  readonly path: string;
  readonly message: string;
  readonly severity: "error" | "warning";
  /** Whose customers it concerns, where not everybody's. */
  readonly provider?: string;
}

export const failWith = (path: string, message: string): Fault => ({
  path,
  message,
  severity: "error",
});

/** The flow runs, though hardly as it was meant. */
export const warnAt = ({ path, id }: FlowNode, message: string): Fault => ({
  path,
  message: `node "${id}": ${message}`,
  severity: "warning",
});
