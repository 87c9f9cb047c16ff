import express, { Router, type RequestHandler } from "express";
import { z } from "zod";
import type { CustomerSays } from "./customer-message.ts";
import type { Ledger } from "./ledger.ts";
import { sendPhonePage } from "./phone/page.ts";
import { say } from "./say.ts";
import { explainIssues, SwitchError } from "./switches.ts";

/** What a simulator lets people and tests do with it. */
export interface Controls {
  readonly title: string;
  readonly ledger: Ledger;
  readonly customerSays: CustomerSays;
  readonly switches: { readonly now: object; setUnknown(patch: unknown): void };
}

const ledgerQuery = z.object({
  after: z.coerce.number().int().nonnegative().default(0),
  to: z.string().optional(),
});

/** `/_simulator/*`: not part of the provider's API, for tests and people on this machine only. */
export function controlRoutes(deps: Controls): Router {
  const { ledger, switches } = deps;
  const router = Router();
  router.use(requireLoopback, express.json({ limit: "1mb" }));

  router.get("/switches", (_request, response) => void response.json(switches.now));
  router.patch("/switches", (request, response) => {
    switches.setUnknown(request.body);
    response.json(switches.now);
  });
  router.get("/ledger", (request, response) => {
    const { after, to } = ledgerQuery.parse(request.query);
    const entries = ledger.entries(to === undefined ? { after } : { after, to });
    response.json({ entries, statuses: ledger.statuses(to) });
  });
  router.post("/say", async (request, response) => {
    response.json(await say(deps, request.body));
  });
  router.get("/phone", (_request, response) =>
    sendPhonePage(response, [{ title: deps.title, base: "./" }]),
  );
  router.use(explainBadRequest);
  return router;
}

export const requireLoopback: RequestHandler = (request, response, next) => {
  if (isLoopback(request.socket.remoteAddress)) return next();
  response.status(403).json({ error: "control routes answer this machine only" });
};

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

const explainBadRequest: express.ErrorRequestHandler = (
  error: unknown,
  _request,
  response,
  _next,
) => {
  const faults = [SwitchError, z.ZodError, SyntaxError];
  const status = faults.some((fault) => error instanceof fault) ? 400 : 500;
  response.status(status).json({ error: explain(error) });
};

function explain(error: unknown): string {
  if (error instanceof z.ZodError) return explainIssues(error);
  return error instanceof Error ? error.message : String(error);
}
