import { Router } from "express";
import { answerJson, refuseUnknownObject } from "./graph-error.ts";
import { describeMedia } from "./media-routes.ts";
import type { BusinessNumber } from "./options.ts";
import type { WhatsappParts } from "./parts.ts";

/** What a number, a media id and the account's subscriptions answer. */
export function accountRoutes(parts: WhatsappParts): Router {
  const router = Router();
  let subscribed = true;
  const requireWaba = (id: string, verb: "get" | "post"): void => {
    if (id !== parts.settings.wabaId) throw refuseUnknownObject(verb, id);
  };

  // Which version answered: another one than was asked, once that is retired.
  router.param("version", (_request, response, next, version: string) => {
    response.set("facebook-api-version", version);
    next();
  });
  router.get("/:version/debug_token", (_request, response) =>
    answerJson(response, 200, { data: demoToken }),
  );
  router.get("/:version/:wabaId/subscribed_apps", (request, response) => {
    requireWaba(request.params.wabaId, "get");
    answerJson(response, 200, { data: subscribed ? [demoApp] : [] });
  });
  router.post("/:version/:wabaId/subscribed_apps", (request, response) => {
    requireWaba(request.params.wabaId, "post");
    subscribed = true;
    answerJson(response, 200, { success: true });
  });
  router.delete("/:version/:wabaId/subscribed_apps", (request, response) => {
    requireWaba(request.params.wabaId, "post");
    subscribed = false;
    answerJson(response, 200, { success: true });
  });
  router.get("/:version/:id", (request, response) => {
    const { id } = request.params;
    const number = parts.settings.phoneNumbers.find((known) => known.id === id);
    if (number !== undefined) {
      const { fields } = request.query;
      return answerJson(response, 200, describeNumber(number, fields, parts.settings.webhookUrl));
    }
    const media = describeMedia(parts, id, `${request.protocol}://${request.get("host")}`);
    if (media === undefined) throw refuseUnknownObject("get", id);
    answerJson(response, 200, media);
  });
  return router;
}

const demoToken = {
  app_id: "700000000000007",
  type: "SYSTEM_USER",
  is_valid: true,
  expires_at: 0,
  scopes: ["whatsapp_business_management", "whatsapp_business_messaging"],
};

const demoApp = {
  whatsapp_business_api_data: {
    id: "700000000000007",
    name: "Demo App",
    link: "https://www.facebook.com/games/?app_id=700000000000007",
  },
};

/** The id, and of the rest what `fields` names. */
function describeNumber(
  number: BusinessNumber,
  fields: unknown,
  webhookUrl: string | undefined,
): object {
  const all = {
    verified_name: "Demo Salon",
    display_phone_number: `+${number.displayPhone}`,
    quality_rating: "GREEN",
    code_verification_status: "VERIFIED",
    name_status: "APPROVED",
    status: "CONNECTED",
    platform_type: "CLOUD_API",
    throughput: { level: "STANDARD" },
    webhook_configuration: { application: webhookUrl },
  };
  if (typeof fields !== "string") return { ...all, id: number.id };
  const asked = new Set(fields.split(","));
  const chosen = Object.entries(all).filter(([name]) => asked.has(name));
  return { ...Object.fromEntries(chosen), id: number.id };
}
