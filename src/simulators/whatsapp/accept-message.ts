import type { LateFault } from "#simulators/faults.ts";
import { refuse } from "./graph-error.ts";
import type { BusinessNumber } from "./options.ts";
import type { WhatsappParts } from "./parts.ts";
import type { OutgoingMessage } from "./read-message.ts";
import { makeWamid } from "./webhook-body.ts";

interface AcceptedMessage {
  readonly id: string;
  readonly fault: LateFault;
}

/** Refuses what Meta refuses; else writes the send into the ledger and starts its receipts. */
export async function acceptMessage(
  parts: WhatsappParts,
  number: BusinessNumber,
  message: OutgoingMessage,
): Promise<AcceptedMessage> {
  refuseForbidden(parts, number, message);
  parts.limits.spend(number.id, message.to);

  const { to, content, callbackData } = message;
  const id = makeWamid();
  const fault = parts.faults.afterAccepting(to);
  await parts.ledger.accept({
    id,
    account: number.id,
    correlationId: callbackData,
    to,
    type: content.type,
    text: content.text,
    buttons: content.buttons,
    outcome: fault.outcome,
    ...(content.link === undefined ? {} : { link: content.link }),
  });
  parts.reportStatuses(number, id, message);
  return { id, fault };
}

function refuseForbidden(
  { settings, switches, windows, media }: WhatsappParts,
  number: BusinessNumber,
  { to, content }: OutgoingMessage,
): void {
  if (settings.allowedRecipients?.includes(to) === false) throw refuse(131030);
  if (content.mediaId !== undefined && !media.has(content.mediaId)) {
    const param = `${content.type}['id']`;
    throw refuse(
      100,
      `Param ${param} is not a valid whatsapp business account media attachment ID`,
    );
  }
  if (content.template !== undefined) return refuseUnknownTemplate(settings, content.template);
  if (!switches.now.openWindow && !windows.isOpen(number.id, to)) throw refuse(131047);
}

function refuseUnknownTemplate(
  { templates }: WhatsappParts["settings"],
  { name, language }: { readonly name: string; readonly language: string },
): void {
  if (templates === undefined || templates[name]?.includes(language) === true) return;
  throw refuse(132001, `template name (${name}) does not exist in ${language}`);
}
