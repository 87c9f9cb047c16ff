import type { CustomerMessage } from "#simulators/customer-message.ts";
import { serve } from "#simulators/serve.ts";
import { createParts } from "./create-parts.ts";
import { createCustomerSays } from "./customer-says.ts";
import { describeRequest } from "./external-request.ts";
import { readOptions, type ChatraceOptions } from "./options.ts";
import { createApp } from "./routes.ts";

/** A double of one Chatrace account that listens until `close`. Many may run at once. */
export async function createChatraceSimulator(options: ChatraceOptions = {}) {
  const config = readOptions(options);
  const parts = createParts(config);
  const customerSays = createCustomerSays(parts);
  const server = await serve(createApp(parts, customerSays), config);
  parts.place.url = server.url;
  const { ledger, switches, background, inbox, contacts, webhook } = parts;

  return {
    url: server.url,
    port: server.port,
    ledger,
    switches,
    customerSays,
    inbox,
    /** The contact can be written to from now on. */
    noteContact: (id: string, name = "Test Customer"): void => contacts.note({ id, name }),
    /** How often the API was asked who this is. */
    askedFor: (id: string): number => contacts.askedFor(id),
    /** The exact request that a customer's message causes; posting it is the caller's work. */
    externalRequest: (said: CustomerMessage) => describeRequest(parts, said),
    /** An empty address: no External Request is set up, and only the list knows of messages. */
    pointWebhooksAt(url: string): void {
      webhook.url = url;
    },
    idle: () => background.idle(),
    async close(): Promise<void> {
      await server.close();
      await background.stop();
      await parts.closeClient();
    },
  };
}
