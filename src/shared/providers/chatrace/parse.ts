import { parseBody, type ParsedBody } from "#shared/providers/parse-body.ts";
import type { Headers } from "#shared/providers/provider.ts";

/**
 * An External Request may carry a form, or nothing but its headers; and whoever wrote its JSON may
 * have left the quotes around a 19-digit contact id away.
 */
export const parse = (raw: Buffer, headers: Headers): ParsedBody => {
  if (raw.length === 0) return { body: {} };
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  // curl calls everything a form.
  if (isForm && !/^\s*[[{]/.test(raw.subarray(0, 64).toString())) return parseForm(raw);
  return parseBody(raw, keepLongNumber);
};

const mostFields = 200;

const parseForm = (raw: Buffer): ParsedBody => {
  const fields = [...new URLSearchParams(raw.toString("utf8"))];
  if (fields.length > mostFields) return { parked: `the form has more than ${mostFields} fields` };
  return { body: Object.fromEntries(fields) };
};

/** A whole number that JavaScript would round stays as it was written. */
const keepLongNumber = (_key: string, value: unknown, context?: { source?: string }): unknown => {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? "";
  return /^\d+$/.test(source) ? source : value;
};
