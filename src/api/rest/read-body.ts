import express, { type Request, type RequestHandler } from "express";
import { Problem } from "#api/rest/problem.ts";
import type { Route } from "#api/rest/route.ts";
import { parseBody } from "#shared/providers/parse-body.ts";

/** A large scenario has some 300 kB. */
const limitBytes = 1024 * 1024;

const limitFileBytes = 10 * 1024 * 1024;

export const createBodyReader = ({ consumes }: Pick<Route, "consumes">): RequestHandler =>
  consumes === anyType
    ? (_request, _response, next) => next()
    : express.raw({
        type: () => true,
        limit: consumes === undefined ? limitBytes : limitFileBytes,
        inflate: false,
      });

const anyType = "application/octet-stream";

/** The bytes of a file; none for a route that takes no file. */
export async function* readFile(
  request: Request,
  { consumes }: Pick<Route, "consumes">,
): AsyncGenerator<Uint8Array> {
  const raw: unknown = request.body;
  // Whoever stops reading still has to answer on the same connection.
  if (consumes === anyType) yield* request.iterator({ destroyOnReturn: false });
  if (consumes !== undefined && Buffer.isBuffer(raw)) yield raw;
}

/** JSON that is safe to walk; undefined where there is none, and where a file is wanted. */
export function readJson(request: Request, { consumes }: Pick<Route, "consumes">): unknown {
  const raw: unknown = request.body;
  if (consumes !== undefined) {
    if (consumes !== anyType && request.is(consumes) === false)
      throw new Problem(415, `Send the file as ${consumes}`);
    return undefined;
  }
  if (!Buffer.isBuffer(raw) || raw.length === 0) return undefined;
  // A page of another origin may post a form or plain text without asking, JSON it may not.
  if (request.is(["json", "+json"]) === false)
    throw new Problem(415, "Send the body as application/json");
  const parsed = parseBody(raw);
  if ("parked" in parsed) throw new Problem(400, parsed.parked);
  return parsed.body;
}
