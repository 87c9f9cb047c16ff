import { describeIncoming } from "../../../src/simulators/green-api/webhook-body.ts";
import { encodeLikeMeta, signBody } from "../../../src/simulators/whatsapp/sign.ts";
import {
  describeCustomerMessage,
  webhookEnvelope,
} from "../../../src/simulators/whatsapp/webhook-body.ts";
import { idOf, textOf, type Planned } from "./messages.ts";
import type { Webhook } from "./post-webhook.ts";

export interface Secrets {
  readonly appSecret: string;
  readonly webhookToken: string;
}

const business = { id: "100000000000001", displayPhone: "12025550101" };
const instance = { idInstance: "1101999001", wid: "447700900001@c.us" };

/** The exact request, written once: a copy and a repeat have the same bytes. */
export const writeWebhook = (planned: Planned, secrets: Secrets): Webhook =>
  planned.channel === "whatsapp" ? writeWhatsapp(planned, secrets) : writeGreen(planned, secrets);

function writeWhatsapp(planned: Planned, { appSecret }: Secrets): Webhook {
  const { contact, message } = describeCustomerMessage(saidIn(planned), business, 0);
  const change = { number: business, contacts: [contact], messages: [message] };
  const body = encodeLikeMeta(webhookEnvelope("200000000000002", [change]));
  const headers = { ...json, "x-hub-signature-256": signBody(appSecret, body) };
  return { path: "/api/v1/webhooks/whatsapp", body, headers };
}

function writeGreen(planned: Planned, { webhookToken }: Secrets): Webhook {
  const body = JSON.stringify(describeIncoming(saidIn(planned), instance, 0));
  return { path: "/webhook", body, headers: { ...json, authorization: `Bearer ${webhookToken}` } };
}

const json = { "content-type": "application/json" };

const saidIn = (planned: Planned) => ({
  from: planned.peer,
  text: textOf(planned.n),
  messageId: idOf(planned),
  timestamp: planned.at,
});
