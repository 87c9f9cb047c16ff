import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { refuseContact, refuseInside, refuseRate, refuseServer } from "./chatrace-error.ts";
import type { ChatraceParts } from "./parts.ts";
import type { ReadSend } from "./read-send.ts";

type Read = (body: unknown, request: Request) => ReadSend;

/** Any send: `success` is all that comes back, no id and no receipt. */
export function answerSend(parts: ChatraceParts, read: Read): RequestHandler {
  return async (request, response) => {
    const contactId = String(request.params["contactId"]);
    const { faults, background, ledger, contacts, config, switches } = parts;
    if (!(await background.delay(faults.latencyMs(contactId)))) return;
    if (failsEarly(parts, contactId, response)) return;
    const isContact = switches.now.openContacts || contacts.find(contactId) !== undefined;
    if (!isContact) throw refuseContact();
    const sent = read(request.body, request);
    const fault = faults.afterAccepting(contactId);
    await ledger.accept({
      id: randomUUID(),
      account: config.accountId,
      correlationId: null,
      to: contactId,
      ...sent,
      outcome: fault.outcome,
    });
    if (fault.outcome === "failed5xx") throw refuseServer(fault.status);
    if (fault.outcome === "dropped") response.destroy();
    else if (await background.delay(fault.hangMs)) response.json({ success: true });
  };
}

function failsEarly({ faults, switches }: ChatraceParts, to: string, response: Response): boolean {
  const { refuse, refuseCode } = switches.now;
  if (faults.draws(refuse, to)) throw refuseInside(refuseCode, `refused with ${refuseCode}`);
  const fault = faults.beforeAccepting(to);
  if (fault === undefined) return false;
  if (fault.kind === "rate") throw refuseRate(fault.retryAfterSeconds);
  if (fault.kind === "server") throw refuseServer(fault.status);
  response.destroy();
  return true;
}
