import { describeRequest } from "../../../src/simulators/chatrace/external-request.ts";
import { readOptions as readChatrace } from "../../../src/simulators/chatrace/options.ts";
import { createChatraceSwitches } from "../../../src/simulators/chatrace/switches.ts";
import { describeIncoming as describeGreen } from "../../../src/simulators/green-api/webhook-body.ts";
import { readOptions as readWazzup } from "../../../src/simulators/wazzup24/options.ts";
import { describeIncoming as describeWazzup } from "../../../src/simulators/wazzup24/webhook-body.ts";
import { encodeLikeMeta, signBody } from "../../../src/simulators/whatsapp/sign.ts";
import {
  describeCustomerMessage,
  webhookEnvelope,
} from "../../../src/simulators/whatsapp/webhook-body.ts";
import { idOf, textOf, type Body, type ChannelName, type Planned } from "./messages.ts";
import type { Webhook } from "./post-webhook.ts";

/** What the providers know of us. */
export interface Told {
  readonly appSecret: string;
  readonly webhookToken: string;
  readonly crmKey: string;
  readonly chatraceSecret: string;
  /** The simulator with the list of messages that nobody posts. */
  readonly listAt: string;
}

const business = { id: "100000000000001", displayPhone: "12025550101" };
const instance = { idInstance: "1101999001", wid: "447700900001@c.us" };
const [wazzupChannel] = readWazzup({}).channels;
const chatraceSwitches = createChatraceSwitches();

/** The exact request, written once: a copy and a repeat have the same bytes. */
export const writeWebhook = (body: Body, told: Told): Webhook =>
  body[0].isListed === true ? writeListed(body, told) : writers[body[0].channel](body, told);

type Write = (body: Body, told: Told) => Webhook;

const writeWhatsapp: Write = ([planned], { appSecret }) => {
  const { contact, message } = describeCustomerMessage(saidIn(planned), business, 0);
  const change = { number: business, contacts: [contact], messages: [message] };
  const body = encodeLikeMeta(webhookEnvelope("200000000000002", [change]));
  const headers = { ...json, "x-hub-signature-256": signBody(appSecret, body) };
  return { path: "/api/v1/webhooks/whatsapp", body, headers };
};

const writeGreen: Write = ([planned], { webhookToken }) => {
  const body = JSON.stringify(describeGreen(saidIn(planned), instance, 0));
  return { path: "/webhook", body, headers: { ...json, authorization: `Bearer ${webhookToken}` } };
};

const writeWazzup: Write = (planned, { crmKey }) => {
  if (wazzupChannel === undefined) throw new Error("the simulator has no channel");
  const at = { channel: wazzupChannel, nowMs: 0 };
  const messages = planned.map((each) => describeWazzup(saidIn(each), at));
  const headers = { ...json, authorization: `Bearer ${crmKey}` };
  return { path: "/api/webhooks/wazzup24", body: JSON.stringify({ messages }), headers };
};

const writeChatrace: Write = ([planned], { chatraceSecret }) => {
  const config = readChatrace({ webhookSecret: chatraceSecret });
  const request = describeRequest({ config, switches: chatraceSwitches }, saidIn(planned));
  return { path: "/instagram/webhook", ...request };
};

const writers: Readonly<Record<ChannelName, Write>> = {
  whatsapp: writeWhatsapp,
  green: writeGreen,
  wazzup24: writeWazzup,
  chatrace: writeChatrace,
};

const writeListed: Write = ([planned], { listAt }) => ({
  origin: listAt,
  path: "/_simulator/say",
  body: JSON.stringify(saidIn(planned)),
  headers: json,
});

const json = { "content-type": "application/json" };

const saidIn = (planned: Planned) => ({
  from: planned.peer,
  text: textOf(planned.n),
  messageId: idOf(planned),
  timestamp: planned.at,
});
