/** Stands in everything that the proof posts as an operator. */
export const canary = "canary-of-the-operators";

/** What our own queries are made of. */
const ours: ReadonlySet<string> = new Set([
  "$and",
  "$exists",
  "$gt",
  "$gte",
  "$in",
  "$lt",
  "$lte",
  "$ne",
  "$nin",
  "$not",
  "$or",
]);

/** Operators in a filter that are not ours, or that hold anything of the posted ones. */
export function findOperators(filter: unknown): readonly string[] {
  if (Array.isArray(filter)) return filter.flatMap(findOperators);
  if (typeof filter !== "object" || filter === null || Buffer.isBuffer(filter)) return [];
  return Object.entries(filter).flatMap(([key, value]: [string, unknown]) => {
    const own = isForeign(key, value) ? [`${key}: ${JSON.stringify(value)}`] : [];
    return [...own, ...findOperators(value)];
  });
}

function isForeign(key: string, value: unknown): boolean {
  if (key.includes(canary) || key === "__proto__") return true;
  if (!key.startsWith("$")) return false;
  if (!ours.has(key)) return true;
  // A list of plain texts is what we ask for by ids.
  if (key === "$in" && Array.isArray(value))
    return value.some((each) => typeof each === "object" && holdsCanary(each));
  return holdsCanary(value);
}

const holdsCanary = (value: unknown): boolean => (JSON.stringify(value) ?? "").includes(canary);

/** The parts of a command that choose documents. */
export function filtersOf(command: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { filter, query, updates, deletes } = command;
  const each = [
    ...(Array.isArray(updates) ? updates : []),
    ...(Array.isArray(deletes) ? deletes : []),
  ];
  return [filter, query, ...each.map((one: unknown) => Object(one).q)].filter(
    (one) => one !== undefined,
  );
}
