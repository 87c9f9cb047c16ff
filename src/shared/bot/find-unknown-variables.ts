import { warnAt, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { placeholder } from "#shared/bot/interpolate.ts";

/** Names in `{{…}}` that nothing in the document sets; a field of the customer may come from elsewhere. */
export const findUnknownVariables = ({ nodes }: Flow): readonly Fault[] => {
  const known = new Set([...nodes.values()].flatMap(({ sets }) => sets));
  return [...nodes.values()].flatMap((node) =>
    [...new Set(readNames(node))]
      .filter((name) => !isKnown(known, name))
      .map((name) => warnAt(node, `nothing sets {{${name}}}`)),
  );
};

const readNames = (node: FlowNode): readonly string[] => [
  ...node.reads,
  ...listTexts(node.data).flatMap((text) =>
    [...text.matchAll(placeholder)].map(([, name = ""]) => name.trim()),
  ),
];

/** No node's texts lie deeper; what an editor adds may. */
const deepest = 8;

/** Whatever text stands anywhere in a node's data. */
const listTexts = (data: unknown, depth = 0): readonly string[] => {
  if (typeof data === "string") return [data];
  if (typeof data !== "object" || data === null || depth > deepest) return [];
  return Object.values(data).flatMap((inner) => listTexts(inner, depth + 1));
};

const isKnown = (known: ReadonlySet<string>, name: string): boolean => {
  const [first = "", ...rest] = name.split(".");
  if (first === "customer" || first === "contact") return isCustomers(rest);
  if (first === "vars") return rest.length === 1 && known.has(rest.join("."));
  return rest.length === 0 && (first === "user_input" || known.has(first));
};

const isCustomers = (path: readonly string[]): boolean =>
  path.length === 1 || (path.length === 2 && path[0] === "metadata");
