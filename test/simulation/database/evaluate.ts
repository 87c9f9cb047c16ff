import { Refusal } from "./refusal.ts";
import { isPlain, isSame, valueAt, type Doc } from "./values.ts";

/** What an expression yields for a field that shall not be there. */
export const removed = Symbol("$$REMOVE");

/** The value of an aggregation expression: the few that updates by pipeline use, all others throw. */
export function evaluate(document: Doc, expression: unknown): unknown {
  if (typeof expression === "string") return readVariable(document, expression);
  if (Array.isArray(expression)) return expression.map((each) => evaluate(document, each) ?? null);
  if (!isPlain(expression)) return expression;
  const [name, ...others] = Object.keys(expression);
  if (name?.startsWith("$") === true && others.length === 0)
    return apply(document, name, expression[name]);
  const entries = Object.entries(expression).map(([key, value]) => [
    key,
    evaluate(document, value),
  ]);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && value !== removed),
  );
}

function readVariable(document: Doc, text: string): unknown {
  if (text === "$$REMOVE") return removed;
  if (text === "$$ROOT") return document;
  if (text.startsWith("$$")) throw unknownExpression(text);
  return text.startsWith("$") ? valueAt(document, text.slice(1)) : text;
}

const unknownExpression = (name: string): Error =>
  new Error(`the in-memory database does not know ${name} in an expression`);

function apply(document: Doc, name: string, operand: unknown): unknown {
  if (name === "$literal") return operand;
  const each = Array.isArray(operand) ? operand : [operand];
  if (name === "$cond")
    return evaluate(document, each[isTrue(evaluate(document, each[0])) ? 1 : 2]);
  const operator = operators[name];
  if (operator === undefined) throw unknownExpression(name);
  return operator(each.map((one) => evaluate(document, one)));
}

const isTrue = (value: unknown): boolean =>
  value !== false && value !== null && value !== undefined && value !== 0;

const notAList = 17_048;

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Refusal(notAList, "the operator takes lists only");
}

const has = (values: readonly unknown[], value: unknown): boolean =>
  values.some((each) => isSame(each, value));

const operators: Readonly<Record<string, (operands: readonly unknown[]) => unknown>> = {
  $eq: ([a, b]) => isSame(a ?? null, b ?? null),
  $ne: ([a, b]) => !isSame(a ?? null, b ?? null),
  $in: ([a, b]) => has(list(b), a),
  $and: (all) => all.every(isTrue),
  $or: (all) => all.some(isTrue),
  $not: ([a]) => !isTrue(a),
  $ifNull: (all) => all.find((each) => each !== null && each !== undefined),
  $setDifference: ([a, b]) => list(a).filter((each) => !has(list(b), each)),
  $concatArrays: (all) => all.flatMap(list),
  $arrayElemAt: ([values, index]) => list(values).at(Number(index)),
  $indexOfArray: ([values, value]) => list(values).findIndex((each) => isSame(each, value)),
  $mergeObjects: (all) => Object.assign({}, ...all),
};
