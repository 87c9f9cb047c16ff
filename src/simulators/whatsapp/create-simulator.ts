import type { CustomerMessage } from "#simulators/customer-message.ts";
import { serve } from "#simulators/serve.ts";
import { createParts } from "./create-parts.ts";
import { createCustomerSays } from "./customer-says.ts";
import { readOptions, type WhatsappOptions } from "./options.ts";
import type { WhatsappParts } from "./parts.ts";
import { createApp } from "./routes.ts";
import { encodeLikeMeta, signBody } from "./sign.ts";
import { describeCustomerMessage, webhookEnvelope } from "./webhook-body.ts";

export type WhatsappSimulator = Awaited<ReturnType<typeof createWhatsappSimulator>>;

/** A double of Meta's Graph API that listens until `close`. Many may run at once. */
export async function createWhatsappSimulator(options: WhatsappOptions = {}) {
  const settings = readOptions(options);
  const parts = createParts(settings);
  const customerSays = createCustomerSays(parts);
  const server = await serve(createApp(parts, customerSays), settings);
  const { ledger, media, switches, reads, background, webhooks, windows, findNumber } = parts;

  return {
    url: server.url,
    port: server.port,
    ledger,
    /** Files of customers, and those that were uploaded. */
    media,
    switches,
    /** Read receipts that were accepted, oldest first. */
    reads,
    customerSays,
    /** The value of X-Hub-Signature-256 for these bytes. */
    sign: (body: string | Uint8Array): string => signBody(settings.appSecret, body),
    /** The exact bytes of one webhook with all these messages; posting it is the caller's work. */
    webhookBody: (...said: readonly CustomerMessage[]): string => writeBody(parts, said),
    /** Opens the 24-hour window of a customer whose message was posted by the test itself. */
    noteInbound: (customer: string, at = settings.now(), phoneNumberId?: string): void =>
      windows.noteInbound(findNumber(phoneNumberId).id, customer, at),
    pointWebhooksAt: (url: string): void => webhooks.pointAt(url),
    /** Resolves when no receipt and no retry is under way. */
    idle: () => background.idle(),
    async close(): Promise<void> {
      await server.close();
      await background.stop();
      await webhooks.close();
    },
  };
}

function writeBody({ settings, findNumber }: WhatsappParts, said: readonly CustomerMessage[]) {
  const changes = said.map((one) => {
    const number = findNumber(one.phoneNumberId);
    const { contact, message } = describeCustomerMessage(one, number, settings.now());
    return { number, contacts: [contact], messages: [message] };
  });
  return encodeLikeMeta(webhookEnvelope(settings.wabaId, changes));
}
