import { Router, type Request, type RequestHandler } from "express";
import type { ApiDeps } from "#api/deps.ts";
import { answerNotAllowed } from "#api/http/errors.ts";
import { createRequestLog } from "#api/http/request-log.ts";
import { accept, type AcceptDeps } from "#api/webhooks/accept.ts";
import { answerOf, answerWith } from "#api/webhooks/answer.ts";
import type { Delivery } from "#api/webhooks/delivery.ts";
import type { Place } from "#api/webhooks/find-channels.ts";
import { answerHandshake } from "#api/webhooks/handshake.ts";
import { processConversation } from "#api/webhooks/process-conversation.ts";
import { createRawBody } from "#api/webhooks/raw-body.ts";
import { listRoutes, type WebhookRoute } from "#api/webhooks/routes.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import type { Provider } from "#shared/providers/provider.ts";

export interface Ingress {
  readonly api: ApiDeps;
  readonly accepting: AcceptDeps;
  readonly readDelivery: (request: Request) => Delivery;
}

/** Every address that providers post to, and the one where people type. */
export function mountWebhooks(ingress: Ingress): Router {
  const router = Router();
  for (const address of listRoutes()) {
    const provider = findProvider(address.provider);
    if (provider !== undefined) mountRoute(router, ingress, address, provider);
  }
  return mountManual(router, ingress);
}

function mountRoute(
  router: Router,
  { api, accepting, readDelivery }: Ingress,
  { path, hasHandshake, answer, faults }: WebhookRoute,
  provider: Provider,
): void {
  const token = api.config.WHATSAPP_VERIFY_TOKEN;
  const tokens = token === undefined ? [] : [token];
  const post: RequestHandler = (request, response) =>
    answerWith(api, { request, response, provider: provider.name, faults }, async () => {
      const place = placeOf(request, provider);
      const acceptance = await accept(accepting, provider, place, readDelivery(request));
      return answerOf(acceptance, { answer, faults });
    });
  const route = router.route(path).all(createRequestLog(api, path, provider.name));
  if (hasHandshake)
    route.get((request, response) => answerHandshake(request, response, provider, tokens));
  route.post(createRawBody(), post).all(answerNotAllowed(hasHandshake ? "GET, POST" : "POST"));
}

function placeOf({ params }: Request, { name, isAccountWide }: Provider): Place {
  const { channelKey } = params;
  const wide = isAccountWide === undefined ? {} : { isAccountWide };
  return { provider: name, ...wide, ...(typeof channelKey === "string" && { channelKey }) };
}

const manual = { path: "/processConversation", provider: "green-api" } as const;

function mountManual(router: Router, { api, accepting, readDelivery }: Ingress): Router {
  const provider = findProvider(manual.provider);
  if (provider === undefined) return router;
  router
    .route(manual.path)
    .all(createRequestLog(api, manual.path, manual.provider))
    .post(createRawBody(), (request, response) =>
      answerWith(api, { request, response, provider: manual.provider }, () =>
        processConversation(accepting, provider, readDelivery(request)),
      ),
    )
    .all(answerNotAllowed("POST"));
  return router;
}
