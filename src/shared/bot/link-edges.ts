import { fold } from "#shared/bot/fold.ts";
import type { DocumentEdge } from "#shared/bot/flow-document.ts";
import { failWith, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import type { BoundNode } from "#shared/bot/node.ts";
import type { FlowPart } from "#shared/bot/spread-flows.ts";

/** A node whose edges are still being drawn. */
export type OpenNode = FlowNode & { readonly edges: Map<string, string> };

interface Linked {
  readonly nodes: ReadonlyMap<string, OpenNode>;
  readonly faults: readonly Fault[];
}

/** Joins nodes and edges; a node's edges are found by label afterwards. */
export const linkEdges = (parts: readonly FlowPart[]): Linked => {
  const faults: Fault[] = [];
  const nodes = new Map<string, OpenNode>();
  for (const part of parts) {
    for (const [index, { id, data, bound }] of part.nodes.entries()) {
      const path = `${part.path}nodes.${index}`;
      if (nodes.has(id))
        faults.push(failWith(`${path}.id`, `node "${id}": another node has this id`));
      nodes.set(id, { ...bound, id, data, path, flow: part.name, edges: new Map() });
    }
    for (const [index, edge] of part.edges.entries()) {
      const fault = linkEdge(nodes, edge);
      if (fault !== undefined) faults.push(failWith(`${part.path}edges.${index}`, fault));
    }
  }
  return { nodes, faults };
};

type Nodes = ReadonlyMap<string, OpenNode>;

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
  if (source.isLast) return `no edge may leave a node of type ${source.type}`;
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
