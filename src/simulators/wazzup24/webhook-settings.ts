import type { RequestHandler } from "express";
import { z } from "zod";
import type { WazzupParts } from "./parts.ts";
import { Refusal } from "#simulators/refusal.ts";

const wanted = z.object({
  webhooksUri: z.string(),
  subscriptions: z
    .object({
      messagesAndStatuses: z.boolean().default(false),
      contactsAndDealsCreation: z.boolean().default(false),
      channelsUpdates: z.boolean().default(false),
      templateStatus: z.boolean().default(false),
    })
    .prefault({}),
});

const longestUri = 200;

/** `PATCH /v3/webhooks` tests the address before it takes it: https://wazzup24.com/help/webhooks/ */
export function changeWebhooks({ webhooks }: WazzupParts): RequestHandler {
  return async (request, response) => {
    const body = wanted.safeParse(request.body).data;
    const uri = URL.parse(body?.webhooksUri ?? "");
    if (body === undefined || uri === null || body.webhooksUri.length > longestUri)
      throw new Refusal(400, {
        error: "uriNotValid",
        description: "Provided URI is not valid URI",
      });
    const status = await webhooks.test(body.webhooksUri);
    if (status !== 200)
      throw new Refusal(400, {
        error: "testPostNotPassed",
        description: "URI does not return 200 OK on test request",
        data: { status: String(status) },
      });
    webhooks.subscribe(body);
    response.json({ ok: true });
  };
}
