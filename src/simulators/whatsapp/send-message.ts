import type { RequestHandler, Response } from "express";
import type { LateFault } from "#simulators/faults.ts";
import { acceptMessage } from "./accept-message.ts";
import { answerJson, answerServerFault, refuse } from "./graph-error.ts";
import { readMessage, type OutgoingMessage } from "./read-message.ts";
import { readReceipt } from "./read-receipt.ts";
import type { WhatsappParts } from "./parts.ts";

/** `POST /:version/:phoneNumberId/messages`: read receipts and everything that can be sent. */
export function sendMessage(parts: WhatsappParts): RequestHandler {
  return async (request, response) => {
    const body: unknown = request.body;
    const number = parts.findNumber(String(request.params["phoneNumberId"]));
    const receipt = readReceipt(body);
    if (receipt !== undefined) {
      parts.reads.push(receipt);
      return answerJson(response, 200, { success: true });
    }
    const to = peekRecipient(body);
    if (!(await parts.background.delay(parts.faults.latencyMs(to)))) return;
    if (failsEarly(parts, response, to)) return;

    const message = readMessage(body);
    const { id, fault } = await acceptMessage(parts, number, message);
    await answerAccepted({ parts, response, message, id, fault });
  };
}

function peekRecipient(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const to: unknown = Reflect.get(body, "to") ?? Reflect.get(body, "recipient");
  return typeof to === "string" ? to.replace(/^\+/, "") : undefined;
}

function failsEarly(parts: WhatsappParts, response: Response, to: string | undefined): boolean {
  const { faults, switches } = parts;
  if (faults.draws(switches.now.refuse, to)) throw refuse(switches.now.refuseCode);
  const fault = faults.beforeAccepting(to);
  if (fault === undefined) return false;
  if (fault.kind === "rate") throw refuse(130429, undefined, retryAfter(fault.retryAfterSeconds));
  if (fault.kind === "drop") response.destroy();
  else answerServerFault(response, fault.status);
  return true;
}

function retryAfter(seconds: number | null): Readonly<Record<string, string>> {
  return seconds === null ? {} : { "retry-after": String(seconds) };
}

interface Answer {
  readonly parts: WhatsappParts;
  readonly response: Response;
  readonly message: OutgoingMessage;
  readonly id: string;
  readonly fault: LateFault;
}

async function answerAccepted({ parts, response, message, id, fault }: Answer): Promise<void> {
  if (fault.outcome === "failed5xx") return answerServerFault(response, fault.status);
  if (fault.outcome === "dropped") return void response.destroy();
  if (!(await parts.background.delay(fault.hangMs))) return;
  const { input, to, content } = message;
  const recipient = input.includes(".") ? { user_id: to } : { wa_id: to };
  answerJson(response, 200, {
    messaging_product: "whatsapp",
    contacts: [{ input, ...recipient }],
    messages: [{ id, ...(content.type === "template" ? { message_status: "accepted" } : {}) }],
  });
}
