import { parse } from "secure-json-parse";
import { measureJson } from "#shared/providers/measure-json.ts";

export type ParsedBody = { readonly body: unknown } | { readonly parked: string };

/** As `JSON.parse` takes it: `source` is how a value was written. */
export type Revive = (key: string, value: unknown, context?: { source?: string }) => unknown;

const deepest = 64;
/** Meta's largest bodies hold 1,000 updates of some 60 values, 15 of them objects or lists; more would hold up everyone else. */
const mostValues = 100_000;
const mostContainers = 25_000;

/** Bytes to a body that is safe to walk, or the reason to park it. Never throws. */
export const parseBody = (raw: Buffer, revive?: Revive): ParsedBody => {
  if (raw.length === 0) return { parked: "the body is empty" };
  const { depth, values, containers } = measureJson(raw);
  if (depth > deepest) return { parked: `the body is nested deeper than ${deepest}` };
  if (values > mostValues) return { parked: `the body holds more than ${mostValues} values` };
  if (containers > mostContainers)
    return { parked: `the body holds more than ${mostContainers} objects and lists` };
  const text = decode(raw);
  if (text === undefined) return { parked: "the body is not UTF-8" };
  return parseText(text, revive);
};

/** The body of an answer, where it can be read at all. */
export const readBody = (raw: Buffer): unknown => {
  const parsed = parseBody(raw);
  return "body" in parsed ? parsed.body : undefined;
};

const decode = (raw: Buffer): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return undefined;
  }
};

const parseText = (text: string, revive: Revive | undefined): ParsedBody => {
  try {
    return { body: parse(text, revive, { protoAction: "error", constructorAction: "error" }) };
  } catch (error) {
    const isForbidden = error instanceof SyntaxError && error.message.includes("forbidden");
    return { parked: isForbidden ? "the body has a forbidden key" : "the body is not JSON" };
  }
};
