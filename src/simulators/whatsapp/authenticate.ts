import type { RequestHandler } from "express";
import { refuseToken } from "./graph-error.ts";
import type { WhatsappParts } from "./parts.ts";

export function authenticate({ settings, faults }: WhatsappParts): RequestHandler {
  return (request, _response, next) => {
    if (request.get("authorization") !== `Bearer ${settings.token}`) throw refuseToken(467);
    if (faults.tokenExpired()) throw refuseToken(463);
    next();
  };
}
