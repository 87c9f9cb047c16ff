import express, { type Express, type RequestHandler } from "express";
import type { ApiDeps } from "#api/deps.ts";
import { answerNotFound, createErrorAnswer } from "#api/http/errors.ts";
import { mountOps } from "#api/ops/mount-ops.ts";
import { mountDocs } from "#api/rest/docs/mount-docs.ts";
import { mountRest } from "#api/rest/mount-rest.ts";
import { mountWebhooks } from "#api/webhooks/mount-webhooks.ts";
import { openIngress } from "#api/webhooks/open-ingress.ts";

/** The API without a port. */
export function createApp(api: ApiDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", "simple");
  // Never `true`: whoever may name any address would pass every allow-list.
  app.set("trust proxy", api.config.TRUST_PROXY.length > 0 ? api.config.TRUST_PROXY : false);
  app.use(api.lifecycle.follow, sniffNothing);
  app.use(mountWebhooks(openIngress(api)));
  app.use(mountRest(api));
  app.use(mountDocs());
  app.use(mountOps(api));
  app.get("/", tellWhereThingsAre);
  app.use(answerNotFound, createErrorAnswer(api.log));
  return app;
}

const sniffNothing: RequestHandler = (_request, response, next) => {
  response.set("X-Content-Type-Options", "nosniff");
  next();
};

const tellWhereThingsAre: RequestHandler = (_request, response) => {
  response.json({
    name: "switchboard",
    webhooks: [
      "/api/v1/webhooks/whatsapp",
      "/api/v1/webhooks/<provider>/<channel key>",
      "/webhook",
      "/api/webhooks/wazzup24",
    ],
    rest: ["/openapi.json", "/docs", "/redoc"],
    health: ["/health/live", "/health/ready"],
    operators: ["/ops/queues", "/metrics"],
  });
};
