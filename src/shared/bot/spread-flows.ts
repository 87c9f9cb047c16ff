import {
  mainFlow,
  type DocumentEdge,
  type DocumentNode,
  type FlowDocument,
} from "#shared/bot/flow-document.ts";

/** One flow of a document; its ids are those of the whole document. */
export interface FlowPart {
  readonly name: string;
  /** Where in the document: "" or "flows.name.". */
  readonly path: string;
  readonly nodes: readonly DocumentNode[];
  readonly edges: readonly DocumentEdge[];
  readonly start: string | undefined;
}

/** All flows of a document side by side, so that a jump is an edge like any other. */
export const spreadFlows = (document: FlowDocument): readonly FlowPart[] => [
  { ...document, name: mainFlow, path: "", start: document.start ?? undefined },
  ...Object.entries(document.flows).map(([name, { nodes, edges, start }]) => ({
    name,
    path: `flows.${name}.`,
    nodes: nodes.map((node) => ({ ...node, id: placeId(name, node.id) })),
    edges: edges.map((edge) => ({
      ...edge,
      source: placeId(name, edge.source),
      target: placeId(name, edge.target),
    })),
    start: typeof start === "string" ? placeId(name, start) : undefined,
  })),
];

/** A node's id within the whole document. */
export const placeId = (flow: string, id: string): string =>
  flow === mainFlow ? id : `${flow}/${id}`;
