import { compare, isPlain, isSame, valueAt, type Doc } from "./values.ts";

/** Whether a document meets a filter: the few operators that the models use, all others throw. */
export function matches(document: Doc, filter: Doc): boolean {
  for (const path in filter) if (!meets(valueAt(document, path), filter[path])) return false;
  return true;
}

function meets(value: unknown, condition: unknown): boolean {
  if (!isOperators(condition)) return equals(value, condition);
  for (const operator in condition) if (!holds(value, operator, condition[operator])) return false;
  return true;
}

/** A condition by operators, as against a value. */
export const isOperators = (condition: unknown): condition is Doc => {
  if (!isPlain(condition)) return false;
  for (const key in condition) return key.startsWith("$");
  return false;
};

/** A list meets what one of its items meets; a missing field equals null. */
function equals(value: unknown, wanted: unknown): boolean {
  if (wanted === null) return value === null || value === undefined;
  if (Array.isArray(value) && value.some((item) => isSame(item, wanted))) return true;
  return isSame(value, wanted);
}

function holds(value: unknown, operator: string, wanted: unknown): boolean {
  switch (operator) {
    case "$in":
      return Array.isArray(wanted) && wanted.some((each) => equals(value, each));
    case "$nin":
      return Array.isArray(wanted) && !wanted.some((each) => equals(value, each));
    case "$ne":
      return !equals(value, wanted);
    case "$eq":
      return equals(value, wanted);
    case "$exists":
      return (value !== undefined) === wanted;
    case "$not":
      return !meets(value, wanted);
    default:
      return isOrdered(compare(value, wanted), operator);
  }
}

function isOrdered(order: number | undefined, operator: string): boolean {
  switch (operator) {
    case "$lt":
      return order !== undefined && order < 0;
    case "$lte":
      return order !== undefined && order <= 0;
    case "$gt":
      return order !== undefined && order > 0;
    case "$gte":
      return order !== undefined && order >= 0;
    default:
      throw new Error(`the in-memory database does not know ${operator} in a filter`);
  }
}
