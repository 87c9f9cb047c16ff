import { newChannel } from "#shared/models/new-channel.ts";
import type { Channel } from "#shared/models/channels.ts";

export const demoTenant = { id: "demo", name: "Demo" } as const;

/** The accounts that the simulators play, with their tokens. */
export const demoAccounts = [
  {
    id: "demo-whatsapp",
    provider: "whatsapp-cloud",
    name: "WhatsApp (simulator)",
    externalId: "100000000000001",
    token: "demo-whatsapp-token",
  },
  {
    id: "demo-green-api",
    provider: "green-api",
    name: "Green API (simulator)",
    externalId: "1101999001",
    token: "demo-green-token",
  },
  {
    id: "demo-wazzup24",
    provider: "wazzup24",
    name: "Wazzup24 (simulator)",
    externalId: "11111111-1111-4111-8111-111111111111",
    token: "demo-wazzup24-key",
  },
  {
    id: "demo-chatrace",
    provider: "chatrace",
    name: "Chatrace (simulator)",
    externalId: "1543000",
    token: "demo-chatrace-token",
  },
] as const;
export type DemoAccount = (typeof demoAccounts)[number];

/** Without secrets of its own, so that WHATSAPP_APP_SECRET and WEBHOOK_SECRET hold; curl on this machine needs none. */
export const buildDemoChannel = (
  { id, provider, name, externalId }: DemoAccount,
  botId: string,
): Channel =>
  newChannel({
    _id: id,
    tenantId: demoTenant.id,
    provider,
    name,
    key: id,
    externalId,
    botId,
    open: "loopback",
  });
