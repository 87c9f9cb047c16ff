import { listBodies, readRaw } from "../../../contract/read-fixtures.ts";
import { providers, type ProviderName } from "../bodies/routes.ts";
import { canary } from "./find-operators.ts";

export interface OperatorBody {
  readonly provider: ProviderName;
  readonly manual: boolean;
  readonly body: string;
  readonly where: string;
}

/** In place of a text. */
const operators: readonly object[] = [
  { $gt: canary },
  { $ne: canary },
  { $gte: "", $note: canary },
  { $regex: `.*|${canary}` },
  { $where: `'${canary}'` },
  { $in: [{ [canary]: 1 }] },
  { $nin: [canary] },
  { $expr: { $eq: [canary, canary] } },
  { $function: { body: canary, args: [], lang: "js" } },
  { $or: [{}, { a: canary }] },
  { $exists: true, $comment: canary },
  { $type: "string", $comment: canary },
  [{ $ne: canary }],
  { "a.b": canary, [`${canary}.c`]: 1 },
  { toString: canary, _bsontype: "ObjectId", id: canary },
  { $oid: canary },
];

/** Beside what is there. */
const keys: readonly (readonly [string, unknown])[] = [
  ["$where", canary],
  ["$set", { [canary]: 1 }],
  [`a.${canary}`, 1],
  [`$${canary}`, 1],
  ["__proto__", { [canary]: 1 }],
  ["constructor", { prototype: { [canary]: 1 } }],
];

/** Every text of every fixture becomes every operator, every object gets every key. */
export function* writeOperatorBodies(): Generator<OperatorBody> {
  for (const provider of providers)
    for (const name of listBodies(provider))
      yield* spoil(JSON.parse(readRaw(provider, name).toString()), {
        provider,
        manual: false,
        where: name,
      });
  const manual = { client_phone: "+79001112233", message: "typed" };
  yield* spoil(manual, { provider: "green-api", manual: true, where: "manual" });
}

type Kind = Omit<OperatorBody, "body">;

function* spoil(body: unknown, kind: Kind): Generator<OperatorBody> {
  for (const path of listTexts(body, []))
    for (const operator of operators)
      yield {
        ...kind,
        where: `${kind.where} ${path.join(".")}`,
        body: JSON.stringify(put(body, path, operator)),
      };
  for (const path of listObjects(body, []))
    for (const [key, value] of keys) {
      // As text, for JSON.stringify would not write a prototype.
      const marked = JSON.stringify(put(body, [...path, "OPERATOR"], 0));
      const written = marked.replace(
        '"OPERATOR":0',
        `${JSON.stringify(key)}:${JSON.stringify(value)}`,
      );
      yield { ...kind, where: `${kind.where} ${path.join(".")}+${key}`, body: written };
    }
}

type Path = readonly string[];

const entriesOf = (node: unknown): readonly (readonly [string, unknown])[] =>
  typeof node === "object" && node !== null ? Object.entries(node) : [];

const listTexts = (node: unknown, path: Path): readonly Path[] =>
  typeof node === "string" || typeof node === "number"
    ? [path]
    : entriesOf(node).flatMap(([key, value]) => listTexts(value, [...path, key]));

const listObjects = (node: unknown, path: Path): readonly Path[] => [
  ...(typeof node === "object" && node !== null && !Array.isArray(node) ? [path] : []),
  ...entriesOf(node).flatMap(([key, value]) => listObjects(value, [...path, key])),
];

function put(node: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(node))
    return node.map((item: unknown, place) =>
      String(place) === key ? put(item, rest, value) : item,
    );
  const record: Readonly<Record<string, unknown>> = Object(node);
  return { ...record, [key]: put(record[key], rest, value) };
}
