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
  const ids = new Set(parts.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const { nodes, faults } = placeNodes(parts);
  const bad = parts.flatMap(({ path, edges }) =>
    edges.flatMap((edge, index) => {
      const fault = linkEdge({ nodes, ids }, edge);
      return fault === undefined ? [] : [failWith(`${path}edges.${index}`, fault)];
    }),
  );
  return { nodes, faults: [...faults, ...bad] };
};

const placeNodes = (parts: readonly FlowPart[]): Linked => {
  const faults: Fault[] = [];
  const nodes = new Map<string, OpenNode>();
  const seen = new Set<string>();
  for (const { path: root, nodes: drafts, name: flow } of parts) {
    for (const [index, { id, data, bound, faults: own }] of drafts.entries()) {
      const path = `${root}nodes.${index}`;
      for (const fault of own)
        faults.push(failWith(`${path}.${fault.path}`, `node "${id}": ${fault.message}`));
      if (seen.has(id))
        faults.push(failWith(`${path}.id`, `node "${id}": another node has this id`));
      seen.add(id);
      if (bound !== undefined) nodes.set(id, { ...bound, id, data, path, flow, edges: new Map() });
    }
  }
  return { nodes, faults };
};

/** `ids` has the nodes with faults, too: of them nothing but the id is known. */
interface Place {
  readonly nodes: ReadonlyMap<string, OpenNode>;
  readonly ids: ReadonlySet<string>;
}

const linkEdge = ({ nodes, ids }: Place, edge: DocumentEdge): string | undefined => {
  if (!ids.has(edge.source))
    return `node "${edge.source}": an edge leaves it, but it does not exist`;
  if (!ids.has(edge.target))
    return `node "${edge.source}": an edge leads to "${edge.target}", which does not exist`;
  const source = nodes.get(edge.source);
  if (source === undefined) return undefined;
  const fault = findEdgeFault(source, edge);
  if (fault !== undefined) return `node "${source.id}": ${fault}`;
  source.edges.set(readLabel(edge, source) ?? "", edge.target);
  return undefined;
};

const findEdgeFault = (source: FlowNode, edge: DocumentEdge): string | undefined => {
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
