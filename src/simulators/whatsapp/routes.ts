import express, { type ErrorRequestHandler, type Express } from "express";
import { controlRoutes } from "#simulators/control-routes.ts";
import type { CustomerSays } from "#simulators/customer-message.ts";
import { accountRoutes } from "./account-routes.ts";
import { authenticate } from "./authenticate.ts";
import { answerError, GraphError, refuse } from "./graph-error.ts";
import { mediaRoutes } from "./media-routes.ts";
import type { WhatsappParts } from "./parts.ts";
import { sendMessage } from "./send-message.ts";
import { templateRoutes } from "./template-routes.ts";

export function createApp(parts: WhatsappParts, customerSays: CustomerSays): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  const { ledger, switches } = parts;
  app.get("/", (_request, response) => response.redirect("/_simulator/phone"));
  app.use("/_simulator", controlRoutes({ title: "WhatsApp", ledger, switches, customerSays }));

  app.use(authenticate(parts));
  app.post(
    "/:version/:phoneNumberId/messages",
    express.json({ type: () => true, limit: "1mb" }),
    sendMessage(parts),
  );
  app.use(templateRoutes(parts));
  app.use(mediaRoutes(parts));
  app.use(accountRoutes(parts));
  app.use((request) => {
    const message = `Unknown path components: ${request.path}`;
    throw new GraphError(400, { message, type: "OAuthException", code: 2500 });
  });
  app.use(explainError);
  return app;
}

const explainError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof GraphError) return answerError(response, error);
  if (isBodyError(error)) return answerError(response, refuse(100, "The body is not valid JSON."));
  next(error);
};

function isBodyError(error: unknown): boolean {
  return error instanceof Error && "type" in error && String(error.type).startsWith("entity.");
}
