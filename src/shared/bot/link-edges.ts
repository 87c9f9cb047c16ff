import { fold } from "#shared/bot/fold.ts";
import type { DocumentEdge, FlowDocument } from "#shared/bot/flow-document.ts";
import type { Fault, FlowNode } from "#shared/bot/flow-node.ts";
import type { BoundNode } from "#shared/bot/node.ts";

type Nodes = ReadonlyMap<string, FlowNode & { readonly edges: Map<string, string> }>;

interface Linked {
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly faults: readonly Fault[];
}

/** Joins nodes and edges; a node's edges are found by label afterwards. */
export const linkEdges = (document: FlowDocument): Linked => {
  const faults: Fault[] = [];
  const nodes = new Map<string, FlowNode & { edges: Map<string, string> }>();
  for (const [index, { id, bound }] of document.nodes.entries()) {
    if (nodes.has(id)) {
      faults.push({ path: `nodes.${index}.id`, message: `node "${id}": another node has this id` });
    }
    nodes.set(id, { id, ...bound, edges: new Map() });
  }
  for (const [index, edge] of document.edges.entries()) {
    const fault = linkEdge(nodes, edge);
    if (fault !== undefined) faults.push({ path: `edges.${index}`, message: fault });
  }
  return { nodes, faults };
};

const linkEdge = (nodes: Nodes, edge: DocumentEdge): string | undefined => {
  const source = nodes.get(edge.source);
  if (source === undefined)
    return `node "${edge.source}": an edge leaves it, but it does not exist`;
  const fault = findEdgeFault(nodes, source, edge);
  if (fault !== undefined) return `node "${source.id}": ${fault}`;
  source.edges.set(readLabel(edge, source) ?? "", edge.target);
  return undefined;
};

const findEdgeFault = (nodes: Nodes, source: FlowNode, edge: DocumentEdge): string | undefined => {
  if (!nodes.has(edge.target)) return `an edge leads to "${edge.target}", which does not exist`;
  const label = readLabel(edge, source);
  if (label === undefined) {
    return `the edge label "${edge.label}" means nothing here, use one of ${source.labels.join(", ")}`;
  }
  if (!source.edges.has(label)) return undefined;
  return label === "" ? "two edges have no label" : `two edges have the label "${label}"`;
};

/**
 * The label that the node may take, "" for the plain edge. Where the node knows no labels they are
 * decoration, and so is the name of a handle; a label that the node does not know is a mistake.
 */
const readLabel = (edge: DocumentEdge, source: BoundNode): string | undefined => {
  const known = new Set(source.labels.map(fold));
  const given = [edge.label, edge.sourceHandle].map(fold);
  const label = given.find((text) => known.has(text));
  if (label !== undefined) return label;
  return known.size > 0 && fold(edge.label) !== "" ? undefined : "";
};
