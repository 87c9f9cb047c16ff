import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { mainFlow } from "#shared/bot/flow-document.ts";
import { placeId } from "#shared/bot/spread-flows.ts";

/** What one flow document has and another has not; nodes by their id within the whole document. */
export interface FlowDiff {
  readonly nodes: Changes;
  /** By where they leave: `source`, or `source [label]`. */
  readonly edges: Changes;
  /** Fields of the document besides its nodes and edges: triggers, start … */
  readonly settings: Changes;
}

export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly Change[];
}

export interface Change {
  readonly id: string;
  /** What differs within: `type`, `data.message`, `target`. */
  readonly fields: readonly string[];
}

/** Compares two documents as they are stored: drafts with faults, too. */
export const diffFlows = (before: unknown, after: unknown): FlowDiff => {
  const [a, b] = [readPlaces(before), readPlaces(after)];
  return {
    nodes: compare(a.nodes, b.nodes),
    edges: compare(a.edges, b.edges),
    settings: compare(a.settings, b.settings),
  };
};

type Fields = Readonly<Record<string, unknown>>;
type Places = ReadonlyMap<string, Fields>;

const compare = (a: Places, b: Places): Changes => ({
  added: [...b.keys()].filter((id) => !a.has(id)),
  removed: [...a.keys()].filter((id) => !b.has(id)),
  changed: [...a].flatMap(([id, fields]) => {
    const other = b.get(id);
    const differ = other === undefined ? [] : listDifferent(fields, other);
    return differ.length === 0 ? [] : [{ id, fields: differ }];
  }),
});

const listDifferent = (a: Fields, b: Fields): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (field) => !isDeepStrictEqual(a[field], b[field]),
  );

const loose = z.looseObject({});
const idField = z.coerce.string().catch("");
const nodeSchema = z.looseObject({ id: idField, type: idField, data: loose.catch({}) });
const edgeSchema = z.looseObject({
  source: idField,
  target: idField,
  label: z
    .union([z.string(), z.boolean().transform(String)])
    .nullish()
    .catch(null),
  sourceHandle: z.string().nullish().catch(null),
});
const partSchema = z.looseObject({
  nodes: z.array(nodeSchema).catch([]),
  edges: z.array(edgeSchema).catch([]),
});
const documentSchema = z.looseObject({
  ...partSchema.shape,
  flows: z.record(z.string(), partSchema).catch({}),
});

type Part = z.infer<typeof partSchema>;

/** Where a node stands on an editor's canvas changes nothing for a customer. */
const readPlaces = (document: unknown) => {
  const parsed = documentSchema.safeParse(document);
  const { flows = {}, ...main } = parsed.data ?? { nodes: [], edges: [] };
  const parts = Object.entries({ ...flows, [mainFlow]: main });
  return {
    nodes: new Map(
      parts.flatMap(([flow, { nodes }]) => nodes.map((node) => placeNode(flow, node))),
    ),
    edges: new Map(
      parts.flatMap(([flow, { edges }]) => edges.map((edge) => placeEdge(flow, edge))),
    ),
    settings: new Map(parts.flatMap(([flow, part]) => listSettings(flow, part))),
  };
};

const placeNode = (flow: string, { id, type, data }: Part["nodes"][number]): [string, Fields] => {
  const inside = Object.entries(data).map(([field, value]) => [`data.${field}`, value]);
  return [placeId(flow, id), { type, ...Object.fromEntries(inside) }];
};

const placeEdge = (flow: string, edge: Part["edges"][number]): [string, Fields] => {
  const { source, target, label, sourceHandle } = edge;
  const name = [label, sourceHandle].find((text) => text);
  const id = name === undefined || name === null ? source : `${source} [${name}]`;
  return [placeId(flow, id), { target: placeId(flow, target) }];
};

const listSettings = (flow: string, part: Part) =>
  Object.entries(part)
    .filter(([name]) => name !== "nodes" && name !== "edges")
    .map(([name, value]): [string, Fields] => [placeId(flow, name), { [name]: value }]);
