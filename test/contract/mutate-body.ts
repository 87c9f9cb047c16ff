/** One change at one place of a body; `at` counts the places in reading order, round and round. */
export interface Mutation {
  readonly at: number;
  readonly act:
    | { readonly kind: "remove" }
    | { readonly kind: "double" }
    | { readonly kind: "replace"; readonly value: unknown };
}

/** The body with one change, as a copy. */
export const mutate = (body: unknown, { at, act }: Mutation): unknown => {
  const copy: unknown = structuredClone(body);
  const places = listPlaces(copy);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return act.kind === "replace" ? act.value : copy;
  place[act.kind](act.kind === "replace" ? act.value : undefined);
  return copy;
};

interface Place {
  remove(): void;
  double(): void;
  replace(value: unknown): void;
}

const listPlaces = (node: unknown): readonly Place[] => {
  if (Array.isArray(node)) return node.flatMap((_, index) => placesInList(node, index));
  return isRecord(node) ? Object.keys(node).flatMap((key) => placesInRecord(node, key)) : [];
};

const placesInList = (list: unknown[], index: number): readonly Place[] => [
  {
    remove: () => void list.splice(index, 1),
    double: () => void list.push(structuredClone(list[index])),
    replace: (value) => void (list[index] = value),
  },
  ...listPlaces(list[index]),
];

const placesInRecord = (record: Record<string, unknown>, key: string): readonly Place[] => [
  {
    remove: () => void delete record[key],
    double: () => void (record[key] = [record[key], record[key]]),
    replace: (value) => void (record[key] = value),
  },
  ...listPlaces(record[key]),
];

const isRecord = (node: unknown): node is Record<string, unknown> =>
  typeof node === "object" && node !== null && !Array.isArray(node);
