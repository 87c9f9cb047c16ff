import express, { Router, type Express, type RequestHandler } from "express";
import { controlRoutes } from "#simulators/control-routes.ts";
import { answerRefusals } from "#simulators/refusal.ts";
import type { CustomerSays } from "#simulators/customer-message.ts";
import { serveMedia } from "#simulators/serve-media.ts";
import { limitRate } from "./rate-limit.ts";
import type { WazzupParts } from "./parts.ts";
import { sendMessage } from "./send-message.ts";
import { refuseData, refuseKey, refuseRoute } from "./wazzup-error.ts";
import { changeWebhooks } from "./webhook-settings.ts";

export function createApp(parts: WazzupParts, customerSays: CustomerSays): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  const { ledger, switches, faults, media } = parts;
  app.get("/", (_request, response) => response.redirect("/_simulator/phone"));
  app.use("/_simulator", controlRoutes({ title: "Wazzup24", ledger, switches, customerSays }));
  app.get("/files/:name", (request, response) =>
    serveMedia(faults, media.get(request.params.name), response),
  );
  app.use("/v3", apiRoutes(parts));
  app.use(() => {
    throw refuseRoute();
  });
  app.use(answerRefusals(() => refuseData("body")));
  return app;
}

function apiRoutes(parts: WazzupParts): Router {
  const router = Router();
  router.use(requireKey(parts), limitRate(parts.config));
  router.use(express.json({ type: () => true, limit: "1mb" }));
  router.get("/channels", (_request, response) => void response.json(listChannels(parts)));
  router.get("/webhooks", (_request, response) => {
    response.json(parts.webhooks.subscription);
  });
  router.patch("/webhooks", changeWebhooks(parts));
  router.post("/message", sendMessage(parts));
  return router;
}

const requireKey =
  ({ config, faults }: WazzupParts): RequestHandler =>
  (request, _response, next) => {
    const isKnown = request.get("authorization") === `Bearer ${config.apiKey}`;
    if (!isKnown || faults.tokenExpired()) throw refuseKey();
    next();
  };

const listChannels = ({ config, switches }: WazzupParts) =>
  config.channels.map((channel, index) => ({
    ...channel,
    state: index === 0 ? switches.now.channelState : "active",
  }));
