import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { z } from "zod";
import type { LateFault } from "#simulators/faults.ts";
import type { WazzupParts } from "./parts.ts";
import { readMessage, type ReadMessage } from "./read-message.ts";
import { describeEcho } from "./webhook-body.ts";
import { refuse, refuseRate, refuseServer } from "./wazzup-error.ts";

/** `POST /v3/message`: 201 means that Wazzup has it; receipts tell the rest. */
export function sendMessage(parts: WazzupParts): RequestHandler {
  return async (request, response) => {
    const body: unknown = request.body;
    const to = peekChat(body);
    if (!(await parts.background.delay(parts.faults.latencyMs(to)))) return;
    if (failsEarly(parts, response, to)) return;

    const message = readMessage(parts.config, body);
    refuseByState(parts, message);
    refuseRepeated(parts, message);
    refuseMissingFile(message);
    const messageId = randomUUID();
    const fault = await accept(parts, message, messageId);
    if (fault.outcome === "failed5xx") throw refuseServer(fault.status);
    if (fault.outcome === "dropped") response.destroy();
    else if (await parts.background.delay(fault.hangMs))
      response.status(201).json({ messageId, chatId: message.chatId });
  };
}

function peekChat(body: unknown): string | undefined {
  const chat = z.object({ chatId: z.string() }).safeParse(body);
  return chat.success ? chat.data.chatId : undefined;
}

function failsEarly({ faults, switches }: WazzupParts, response: Response, to: string | undefined) {
  const { refuse: odds, refuseCode } = switches.now;
  if (faults.draws(odds, to)) throw refuse(refuseCode, "Refused by a switch");
  const fault = faults.beforeAccepting(to);
  if (fault === undefined) return false;
  if (fault.kind === "rate") throw refuseRate();
  if (fault.kind === "server") throw refuseServer(fault.status);
  response.destroy();
  return true;
}

const stateRefusals: ReadonlyMap<string, readonly [code: string, description: string]> = new Map([
  ["disabled", ["CHANNEL_BLOCKED", "Channel is off"]],
  ["notEnoughMoney", ["CHANNEL_NO_MONEY", "Channel is not paid"]],
  ["rejected", ["CHANNEL_WAPI_REJECTED", "Channel is rejected"]],
]);

function refuseByState({ config, switches }: WazzupParts, { channel }: ReadMessage): void {
  const { channelState } = switches.now;
  if (channel !== config.channels[0] || channelState === "active") return;
  const [code, description] = stateRefusals.get(channelState) ?? [
    "MESSAGE_CHANNEL_UNAVAILABLE",
    "Channel is not available",
  ];
  throw refuse(code, description);
}

function refuseRepeated({ keys, switches }: WazzupParts, { crmMessageId }: ReadMessage): void {
  if (crmMessageId === undefined || !keys.isTaken(crmMessageId)) return;
  const description = "You have already sent message with same crmMessageId";
  throw refuse(switches.now.repeatedSpelling, description, { crmMessageId });
}

/** A file is fetched before anything is sent; `missing` stands for one that is not there. */
function refuseMissingFile({ contentUri }: ReadMessage): void {
  if (contentUri?.includes("missing") !== true) return;
  throw refuse("MESSAGE_DOWNLOAD_CONTENT_ERROR", "Failed to download content");
}

async function accept(
  { config, faults, keys, ledger, reportStatuses, webhooks }: WazzupParts,
  message: ReadMessage,
  id: string,
): Promise<LateFault> {
  const { channel, chatId, chatType, contentUri, crmMessageId, text, type, buttons } = message;
  const { channelId } = channel;
  if (crmMessageId !== undefined) keys.take(crmMessageId);
  const fault = faults.afterAccepting(chatId);
  await ledger.accept({
    id,
    account: channelId,
    correlationId: crmMessageId ?? null,
    to: chatId,
    type,
    text,
    buttons,
    outcome: fault.outcome,
    ...(contentUri === undefined ? {} : { link: contentUri }),
  });
  if (config.echo) {
    const content = contentUri === undefined ? { text } : { contentUri };
    const to = { channelId, chatId, chatType };
    const echo = describeEcho({ ...to, ...content, messageId: id, nowMs: config.now() });
    webhooks.pushLater("messagesAndStatuses", { messages: [echo] });
  }
  reportStatuses(id);
  return fault;
}
