/** One change at one place of a body; `at` counts the places in reading order, round and round. */
export interface Mutation {
  readonly at: number;
  readonly act:
    | { readonly kind: "remove" }
    | { readonly kind: "double" }
    | { readonly kind: "replace"; readonly value: unknown }
    | { readonly kind: "nest"; readonly depth: number }
    | { readonly kind: "add"; readonly key: string; readonly value: unknown };
}

/** The body with one change, as a copy. */
export const mutate = (body: unknown, { at, act }: Mutation): unknown => {
  const copy: unknown = structuredClone(body);
  const places = listPlaces(copy);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return act.kind === "replace" ? act.value : copy;
  apply(place, act);
  return copy;
};

const apply = (place: Place, act: Mutation["act"]): void => {
  if (act.kind === "replace") place.replace(act.value);
  else if (act.kind === "nest") place.nest(act.depth);
  else if (act.kind === "add") place.add(act.key, act.value);
  else place[act.kind]();
};

interface Place {
  remove(): void;
  double(): void;
  replace(value: unknown): void;
  /** Puts so many lists around it. */
  nest(depth: number): void;
  /** Puts a neighbour beside it. */
  add(key: string, value: unknown): void;
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
    nest: (depth) => void (list[index] = wrap(list[index], depth)),
    add: (_key, value) => void list.push(value),
  },
  ...listPlaces(list[index]),
];

const placesInRecord = (record: Record<string, unknown>, key: string): readonly Place[] => [
  {
    remove: () => void delete record[key],
    double: () => void (record[key] = [record[key], record[key]]),
    replace: (value) => void (record[key] = value),
    nest: (depth) => void (record[key] = wrap(record[key], depth)),
    // Plain assignment would set the prototype where the key says so.
    add: (name, value) =>
      void Object.defineProperty(record, name, { value, enumerable: true, configurable: true }),
  },
  ...listPlaces(record[key]),
];

const wrap = (value: unknown, depth: number): unknown =>
  depth === 0 ? value : [wrap(value, depth - 1)];

const isRecord = (node: unknown): node is Record<string, unknown> =>
  typeof node === "object" && node !== null && !Array.isArray(node);
