import type { RequestHandler } from "express";
import { answerNotFound, detailOf } from "#api/http/errors.ts";
import type { Config } from "#shared/config/env.ts";
import { provesOps } from "#shared/runtime/ops-auth.ts";

/** Basic authentication of the operators' pages; without OPS_PASSWORD there are no such pages. */
export function createOpsAuth(config: Pick<Config, "OPS_USER" | "OPS_PASSWORD">): RequestHandler {
  if (config.OPS_PASSWORD === undefined) return answerNotFound;
  return (request, response, next) => {
    if (!provesOps(config, request.get("authorization"))) {
      response.set("WWW-Authenticate", 'Basic realm="Switchboard"').status(401);
      response.json(detailOf(401));
      return;
    }
    next();
  };
}

/** A browser sends the password along from any page: changes must come from our own. */
export const refuseForeignPages: RequestHandler = (request, response, next) => {
  const isRead = request.method === "GET" || request.method === "HEAD";
  const site = request.get("sec-fetch-site") ?? "none";
  if (isRead || site === "same-origin" || site === "none") {
    next();
    return;
  }
  response.status(403).json(detailOf(403));
};
