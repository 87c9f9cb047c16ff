import { z } from "zod";
import { saveAsField, timeoutField } from "#shared/bot/fields.ts";
import { placeholder } from "#shared/bot/interpolate.ts";
import { maxTextLength } from "#shared/bot/limits.ts";
import { defineNode, type NodeContext } from "#shared/bot/node.ts";
import { renderJson } from "#shared/bot/render-json.ts";
import { httpMethods, type HttpRequest } from "#shared/domain/crm.ts";

const usualSeconds = 30;
const mostSeconds = 300;
const mostHeaders = 20;
const mostValues = 20;

/** Who is called is the author's word alone: a customer's text may fill in the path and the query. */
const urlField = z
  .string()
  .max(2000)
  .regex(
    /^https?:\/\/[^/?#{}\s]+([/?#]|$)/,
    "must begin with http:// or https:// and a host without {{…}}",
  );

const headerField = z.record(
  z.string().regex(/^[\w-]{1,100}$/, "takes letters, digits, _ and -"),
  z.string().max(maxTextLength),
);

const pathField = z.string().min(1).max(200);

const dataSchema = z
  .object({
    method: z.enum(httpMethods).default("GET"),
    url: urlField,
    headers: headerField.default({}),
    /** Any JSON; `{{…}}` in its texts is filled in. */
    body: z.json().exactOptional(),
    /** Variables and the places of their values in the answer's JSON: `client.name`, `items[0].price`. */
    saveAs: z.record(saveAsField, pathField).default({}),
    timeoutSeconds: timeoutField.max(mostSeconds).default(usualSeconds),
    /** Whether it may be made again when nobody knows whether it arrived. */
    repeat: z.enum(["never", "safe"]).default("never"),
  })
  .refine(({ headers }) => Object.keys(headers).length <= mostHeaders, {
    path: ["headers"],
    error: `takes ${mostHeaders} at most`,
  })
  .refine(({ saveAs }) => Object.keys(saveAs).length <= mostValues, {
    path: ["saveAs"],
    error: `takes ${mostValues} at most`,
  })
  .refine(({ method, body }) => method !== "GET" || body === undefined, {
    path: ["body"],
    error: "a GET has none",
  });

type Data = z.infer<typeof dataSchema>;

/**
 * Calls an outside system and goes on by "ok", with values of its answer as variables, or by "error". Who writes
 * meanwhile takes the edge "message", or is not answered.
 */
export default defineNode({
  type: "http_request",
  data: dataSchema,
  manner: "timer",
  outcomes: () => [["ok"], ["error"]],
  labels: () => ["message"],
  sets: ({ saveAs }) => Object.keys(saveAs),
  enter: (data, context) => {
    const request = fillIn(data, context);
    const { timeoutMs } = request;
    return { wait: true, effects: [{ kind: "request", request }], timeoutMs };
  },
  answer: (_, __, { leads, wait }) => {
    if (leads("message")) return { next: "message", effects: [] };
    return wait.isOver ? { next: "error", effects: [] } : { hold: true, effects: [] };
  },
  resume: (_, { isOk, values }) =>
    isOk ? { next: "ok", effects: [], variables: values } : { next: "error", effects: [] },
  expire: () => ({ next: "error", effects: [] }),
});

const fillIn = (data: Data, { render }: NodeContext): HttpRequest => {
  const { method, url, headers, body, saveAs, repeat, timeoutSeconds } = data;
  return {
    method,
    url: url.replaceAll(placeholder, (each) => encodeURIComponent(render(each).toWellFormed())),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), toHeader(render(value))]),
    ),
    ...(body === undefined ? {} : { body: JSON.stringify(renderJson(body, render)) }),
    saveAs,
    repeat,
    timeoutMs: Math.ceil(timeoutSeconds * 1000),
  };
};

/** A line of printable ASCII, which is all that a header can carry. */
const toHeader = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, "").trim();
