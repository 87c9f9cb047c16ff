import { randomUUID } from "node:crypto";
import type { CustomerMessage, CustomerSays } from "#simulators/customer-message.ts";
import { keepFiles } from "#simulators/keep-files.ts";
import { serve } from "#simulators/serve.ts";
import { createParts } from "./create-parts.ts";
import { messengerOf } from "./messengers.ts";
import { readOptions, type WazzupChannel, type WazzupOptions } from "./options.ts";
import { createApp } from "./routes.ts";
import { describeEcho, describeIncoming, type Echo } from "./webhook-body.ts";

/** A double of one Wazzup24 account that listens until `close`. Many may run at once. */
export async function createWazzupSimulator(options: WazzupOptions = {}) {
  const config = readOptions(options);
  const parts = createParts(config);
  const { ledger, switches, background, place, webhooks } = parts;
  const [channel] = config.channels;
  if (channel === undefined) throw new Error("an account has a channel");

  const describe = (said: CustomerMessage, to: WazzupChannel) =>
    describeIncoming(said, { channel: to, nowMs: config.now() });
  const push = (...messages: readonly object[]): Promise<number> =>
    webhooks.push("messagesAndStatuses", { messages });
  const customerWritesTo = async (to: WazzupChannel, said: CustomerMessage) => {
    const messageId = said.messageId ?? randomUUID();
    const message = describe(keepFiles(parts, { ...said, messageId }), to);
    return { status: await push(message), messageId: message.messageId };
  };
  const customerSays: CustomerSays = (said) => customerWritesTo(channel, said);
  const server = await serve(createApp(parts, customerSays), config);
  place.url = server.url;

  return {
    url: server.url,
    port: server.port,
    ledger,
    switches,
    customerSays,
    /** To another channel of the account. */
    customerWritesTo,
    /** A colleague writes on the phone, or, where an author is named, in Wazzup's own chat. */
    operatorSays: (said: Pick<Echo, "chatId" | "text" | "author">): Promise<number> => {
      const { channelId, transport } = channel;
      const to = { channelId, chatType: messengerOf(transport) };
      return push(describeEcho({ ...said, ...to, nowMs: config.now() }));
    },
    /** The exact body of one webhook with all these messages; posting it is the caller's work. */
    webhookBody: (...said: readonly CustomerMessage[]): string =>
      JSON.stringify({ messages: said.map((one) => describe(one, channel)) }),
    /** The headers of every webhook. */
    headers: webhooks.headers,
    get subscription() {
      return webhooks.subscription;
    },
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
