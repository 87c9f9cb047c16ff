import type { CustomerMessage } from "#simulators/customer-message.ts";
import { serve } from "#simulators/serve.ts";
import { createParts } from "./create-parts.ts";
import { createCustomerSays } from "./customer-says.ts";
import { readOptions, type GreenApiOptions } from "./options.ts";
import { createApp } from "./routes.ts";
import { describeIncoming } from "./webhook-body.ts";

export type GreenApiSimulator = Awaited<ReturnType<typeof createGreenApiSimulator>>;

/** A double of one Green API instance that listens until `close`. Many may run at once. */
export async function createGreenApiSimulator(options: GreenApiOptions = {}) {
  const config = readOptions(options);
  const parts = createParts(config);
  const customerSays = createCustomerSays(parts);
  const server = await serve(createApp(parts, customerSays), config);
  parts.place.url = server.url;
  const { ledger, media, switches, background, instance, notifications } = parts;

  return {
    url: server.url,
    port: server.port,
    ledger,
    /** Files of customers by message id, and those that were uploaded by the last part of their link. */
    media,
    switches,
    customerSays,
    /** The exact body of one notification; posting it is the caller's work. */
    webhookBody: (said: CustomerMessage): string =>
      JSON.stringify(describeIncoming(said, config, config.now())),
    /** The headers that authorise a webhook. */
    authorize: (): Record<string, string> =>
      instance.webhookUrlToken === ""
        ? {}
        : { authorization: `Bearer ${instance.webhookUrlToken}` },
    /** An empty address turns polling on. */
    pointWebhooksAt(url: string): void {
      instance.webhookUrl = url;
      notifications.wake();
    },
    /** Resolves when the queue, the receipts and the notifications have come to rest. */
    idle: () => background.idle(),
    async close(): Promise<void> {
      await server.close();
      await background.stop();
      await parts.closeClient();
    },
  };
}
