import { findCircle } from "#shared/bot/find-circle.ts";
import { findStart } from "#shared/bot/find-start.ts";
import { documentSchema, type FlowDocument } from "#shared/bot/flow-document.ts";
import type { Fault, FlowNode } from "#shared/bot/flow-node.ts";
import { linkEdges } from "#shared/bot/link-edges.ts";

/** A scenario that was checked: every edge leads somewhere and no turn can run in a circle. */
export interface Flow {
  readonly start: FlowNode;
  readonly nodes: ReadonlyMap<string, FlowNode>;
}

export type ParsedFlow = { readonly flow: Flow } | { readonly errors: readonly Fault[] };

/** Checks a flow document; the errors say by node what is wrong with it. */
export const parseFlow = (document: unknown): ParsedFlow => {
  const parsed = documentSchema.safeParse(document);
  if (parsed.success) return buildFlow(parsed.data);
  const { issues } = parsed.error;
  return { errors: issues.map(({ path, message }) => ({ path: path.join("."), message })) };
};

const buildFlow = (document: FlowDocument): ParsedFlow => {
  const { nodes, faults } = linkEdges(document);
  const start = findStart(document, nodes);
  const errors = [...faults, ...describeCircle(findCircle(nodes))];
  if (typeof start === "string") return { errors: [...errors, { path: "start", message: start }] };
  return errors.length > 0 ? { errors } : { flow: { start, nodes } };
};

const describeCircle = (circle: readonly string[]): readonly Fault[] => {
  const [first] = circle;
  if (first === undefined) return [];
  const message = `node "${first}": the circle ${circle.join(" → ")} never waits for the customer`;
  return [{ path: "edges", message }];
};
