import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Router, type Request, type RequestHandler, type Response } from "express";
import { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import { addressOf } from "#api/http/address.ts";
import { agentOf } from "#api/http/request-log.ts";
import { notesOf } from "#api/http/request-notes.ts";
import { answerNoRoute, createProblemAnswer, sendProblem } from "#api/rest/answer-problem.ts";
import { keepAudit } from "#api/rest/audit/keep-audit.ts";
import { createIdentify, type Identify } from "#api/rest/auth/identify.ts";
import type { Identity } from "#api/rest/identity.ts";
import { createRestLog } from "#api/rest/log-request.ts";
import { Problem } from "#api/rest/problem.ts";
import { createBodyReader, readFile, readJson } from "#api/rest/read-body.ts";
import type { Access, Caller, Route, SentFile } from "#api/rest/route.ts";
import { routes } from "#api/rest/routes.ts";

/** Where routes live; beside `/instagram/config` webhooks come in. */
const places = ["/api/v1", "/auth", "/instagram/config"];

/** Every documented route; what else is asked for under /api/v1 gets a problem document. */
export function mountRest(api: ApiDeps): Router {
  const router = Router();
  const identify = createIdentify(api);
  router.use(places, answerPrivately);
  for (const [path, atPath] of Map.groupBy(routes, (route) => expressPath(route)))
    mountPath(router, { api, identify }, path, atPath);
  router.use("/api/v1", leaveWebhooks, answerNoRoute);
  router.use(places, createProblemAnswer(api.log));
  return router;
}

interface Deps {
  readonly api: ApiDeps;
  readonly identify: Identify;
}

const expressPath = ({ path }: Route): string => path.replaceAll(/\{(\w+)\}/g, ":$1");

function mountPath(router: Router, deps: Deps, path: string, atPath: readonly Route[]): void {
  const place = router.route(path);
  for (const route of atPath)
    place[route.method](
      createRestLog(deps.api.log, route),
      createBodyReader(route),
      (request, response) => answer(deps, route, request, response),
    );
  const allowed = atPath.map(({ method }) => method.toUpperCase()).join(", ");
  place.all((_request, response) => {
    const problem = new Problem(405, `Here is ${allowed}`, { headers: { Allow: allowed } });
    sendProblem(response, problem);
  });
}

/** An unknown address of a webhook keeps the answer that providers know. */
const leaveWebhooks: RequestHandler = (request, _response, next) => {
  next(/^\/webhooks(\/|$)/.test(request.path) ? "router" : undefined);
};

/** Answers belong to one identity: no cache may keep them. */
const answerPrivately: RequestHandler = (request, response, next) => {
  response.set({ "X-Request-Id": notesOf(request).id, "Cache-Control": "no-store" });
  next();
};

/** Who asks, may they, is the input right, then do it: nobody learns of fields before that. */
async function answer(
  { api, identify }: Deps,
  route: Route,
  request: Request,
  response: Response,
): Promise<void> {
  const identity = await admit(identify, route.access, request);
  const caller = callerOf(request);
  const body = readJson(request, route);
  const input = { params: request.params, query: request.query, body };
  const { run } = route.prepare(input);
  const call = {
    api,
    identity,
    caller,
    file: readFile(request, route),
    setHeader: (name: string, value: string) => void response.append(name, value),
  };
  const act = { route, identity, caller, input };
  const answered = await keepAudit(api, act, async () => ({
    status: route.status ?? 200,
    body: await run(call),
  }));
  if (route.produces === undefined) response.status(answered.status).json(answered.body);
  else if (route.produces === "text/csv") await sendText(response, answered.body);
  else await sendFile(response, sentFile.parse(answered.body));
}

const pieces = z.custom<AsyncIterable<string>>();

/** As fast as the other side reads; what breaks on the way ends the connection, so that nobody takes it for whole. */
async function sendText(response: Response, body: unknown): Promise<void> {
  response.type("text/csv");
  await pipeline(Readable.from(pieces.parse(body)), response);
}

const sentFile = z.custom<SentFile>();

async function sendFile(response: Response, file: SentFile): Promise<void> {
  response.status(file.status).set("Content-Type", file.type);
  await pipeline(Readable.from(file.pieces, { objectMode: false }), response);
}

async function admit(identify: Identify, access: Access, request: Request): Promise<Identity> {
  if (access === "anyone") return nobody;
  const identity = await identify(request.get("authorization"));
  if (identity === undefined)
    throw new Problem(401, "Sign in, or send an API key: Authorization: Bearer …", {
      headers: { "WWW-Authenticate": "Bearer" },
    });
  if (access === "signed-in" || identity.scopes.has(access)) return identity;
  throw new Problem(403, `This needs the scope ${access}, which ${identity.name} does not have`);
}

const nobody: Identity = {
  kind: "user",
  id: "",
  name: "nobody",
  tenantId: "",
  scopes: new Set(),
};

const callerOf = (request: Request): Caller => ({
  address: addressOf(request),
  userAgent: agentOf(request),
  requestId: notesOf(request).id,
  cookie: request.get("cookie"),
  idempotencyKey: request.get("idempotency-key"),
  contentType: request.get("content-type"),
  range: request.get("range"),
  isSecure: request.secure,
});
