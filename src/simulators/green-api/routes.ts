import express, { type Express } from "express";
import { controlRoutes } from "#simulators/control-routes.ts";
import { answerRefusals } from "#simulators/refusal.ts";
import type { CustomerSays } from "#simulators/customer-message.ts";
import { fileRoutes } from "./file-routes.ts";
import { answerMethod } from "./answer-method.ts";
import { refuse400, refuseInstance } from "./green-error.ts";
import type { GreenApiParts } from "./parts.ts";

export function createApp(parts: GreenApiParts, customerSays: CustomerSays): Express {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  const { ledger, switches } = parts;
  app.get("/", (_request, response) => response.redirect("/_simulator/phone"));
  app.use("/_simulator", controlRoutes({ title: "Green API", ledger, switches, customerSays }));
  app.use(fileRoutes(parts));
  app.all(
    "/waInstance:idInstance/:method/:token{/:rest}",
    express.json({ type: () => true, limit: "1mb" }),
    answerMethod(parts),
  );
  app.use(() => {
    throw refuseInstance();
  });
  app.use(answerRefusals(refuse400));
  return app;
}
