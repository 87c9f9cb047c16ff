import type { Channel } from "#shared/models/channels.ts";

/** Addresses that serve every account of a provider: the body says whose it is. */
const sharedPaths: ReadonlyMap<string, string> = new Map([
  ["whatsapp-cloud", "/api/v1/webhooks/whatsapp"],
  ["green-api", "/webhook"],
  ["wazzup24", "/api/webhooks/wazzup24"],
  ["chatrace", "/instagram/webhook"],
]);

/** Where the provider may post for this channel: its own address, then the shared one. */
export function webhookPathsOf({ provider, key }: Pick<Channel, "provider" | "key">): string[] {
  const shared = sharedPaths.get(provider);
  return [`/api/v1/webhooks/${provider}/${key}`, ...(shared === undefined ? [] : [shared])];
}

/** Shorter names of providers that people use in addresses. */
export const aliases: readonly (readonly [alias: string, provider: string])[] = [
  ["whatsapp", "whatsapp-cloud"],
  ["greenapi", "green-api"],
];

/** What older set-ups hold. */
const olderPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ["green-api", ["/api/webhooks/greenapi/incoming"]],
]);

/** Every address that leads to the channel, those that it would not be given today, too. */
export function knownPathsOf(channel: Pick<Channel, "provider" | "key">): readonly string[] {
  const { provider, key } = channel;
  const shorter = aliases
    .filter(([, name]) => name === provider)
    .map(([alias]) => `/api/v1/webhooks/${alias}/${key}`);
  return [...webhookPathsOf(channel), ...shorter, ...(olderPaths.get(provider) ?? [])];
}
