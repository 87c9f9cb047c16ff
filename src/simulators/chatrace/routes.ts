import express, { type Express, type RequestHandler } from "express";
import { controlRoutes } from "#simulators/control-routes.ts";
import { answerRefusals, Refusal } from "#simulators/refusal.ts";
import type { CustomerSays } from "#simulators/customer-message.ts";
import { serveMedia } from "#simulators/serve-media.ts";
import { accountRoutes } from "./account-routes.ts";
import { answerSend } from "./answer-send.ts";
import { refuseInvalid, refusePath, refuseToken } from "./chatrace-error.ts";
import { listMessages } from "./list-messages.ts";
import type { ChatraceParts } from "./parts.ts";
import { readContent, readFile, readText } from "./read-send.ts";
import { pollPaths } from "./switches.ts";

export function createApp(parts: ChatraceParts, customerSays: CustomerSays): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  const { ledger, switches, config, faults, media } = parts;
  app.get("/", (_request, response) => response.redirect("/_simulator/phone"));
  app.use("/_simulator", controlRoutes({ title: "Chatrace", ledger, switches, customerSays }));
  app.get("/files/:name", (request, response) =>
    serveMedia(faults, media.get(request.params.name), response),
  );
  app.use(requireToken(parts), express.json({ type: () => true, limit: "1mb" }));
  app.use(accountRoutes(parts));
  for (const path of pollPaths) app.get(path, listMessages(parts, path));
  app.post("/contacts/:contactId/send/text", answerSend(parts, readText));
  app.post("/contacts/:contactId/send/file", answerSend(parts, readFile));
  app.post("/contacts/:contactId/send_content", answerSend(parts, readContent));
  app.post(
    "/contacts/:contactId/send/:flowId",
    answerSend(parts, (_body, { params }) => {
      const flowId = String(params["flowId"]);
      if (!config.flows.includes(flowId)) throw new Refusal(404, { message: "Flow not found" });
      return { type: "flow", text: flowId, buttons: [] };
    }),
  );
  app.use(() => {
    throw refusePath();
  });
  app.use(answerRefusals((message) => refuseInvalid("body", message)));
  return app;
}

/** The documented header, or the one that the first users' software sent. */
function requireToken({ config, faults }: ChatraceParts): RequestHandler {
  return (request, _response, next) => {
    const given = [request.get("x-access-token"), request.get("authorization")];
    const isGood = given.includes(config.token) || given.includes(`Bearer ${config.token}`);
    if (!isGood || faults.tokenExpired()) throw refuseToken();
    next();
  };
}
