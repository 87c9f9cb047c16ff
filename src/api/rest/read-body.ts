import express, { type Request, type RequestHandler } from "express";
import { Problem } from "#api/rest/problem.ts";
import { parseBody } from "#shared/providers/parse-body.ts";

/** A large scenario has some 300 kB. */
const limitBytes = 1024 * 1024;

export const createBodyReader = (): RequestHandler =>
  express.raw({ type: () => true, limit: limitBytes, inflate: false });

/** JSON that is safe to walk; undefined where there is none. */
export function readJson(request: Request): unknown {
  const raw: unknown = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) return undefined;
  // A page of another origin may post a form or plain text without asking, JSON it may not.
  if (request.is(["json", "+json"]) === false)
    throw new Problem(415, "Send the body as application/json");
  const parsed = parseBody(raw);
  if ("parked" in parsed) throw new Problem(400, parsed.parked);
  return parsed.body;
}
