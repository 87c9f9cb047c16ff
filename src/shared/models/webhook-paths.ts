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
