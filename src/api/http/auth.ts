import type { Request, RequestHandler } from "express";
import type { ApiDeps } from "#api/deps.ts";
import { answerNotFound, detailOf } from "#api/http/errors.ts";
import { createIdentify } from "#api/rest/auth/identify.ts";
import { findSignIn } from "#api/rest/auth/sign-in.ts";
import type { Role } from "#shared/domain/access.ts";
import { provesOps } from "#shared/runtime/ops-auth.ts";

type Deps = Pick<ApiDeps, "config" | "models" | "background">;

/**
 * The operators' pages: by OPS_PASSWORD, or by the token or sign-in of an owner or admin of
 * ADMIN_TENANT. They show the queues of all tenants, so that no other tenant's people may.
 */
export function createOpsAuth(api: Deps): RequestHandler {
  const { config } = api;
  const isOperators = createOperatorsCheck(api);
  return async (request, response, next) => {
    if (provesOps(config, request.get("authorization")) || (await isOperators(request))) {
      next();
      return;
    }
    if (config.OPS_PASSWORD === undefined) {
      answerNotFound(request, response, next);
      return;
    }
    response.set("WWW-Authenticate", 'Basic realm="Switchboard"').status(401);
    response.json(detailOf(401));
  };
}

const managing: ReadonlySet<Role> = new Set(["owner", "admin"]);

function createOperatorsCheck(api: Deps): (request: Request) => Promise<boolean> {
  const identify = createIdentify(api);
  const isManager = (tenantId: string, role: Role | undefined): boolean =>
    tenantId === api.config.ADMIN_TENANT && role !== undefined && managing.has(role);
  return async (request) => {
    const authorization = request.get("authorization");
    if (authorization !== undefined) {
      const identity = await identify(authorization);
      return identity !== undefined && isManager(identity.tenantId, identity.role);
    }
    const shown = await findSignIn(api, request.get("cookie"));
    return (
      shown !== undefined && shown.isCurrent && isManager(shown.user.tenantId, shown.user.role)
    );
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
