import * as registered from "#shared/providers/registered.ts";

/** One address that webhooks come to. With `:channelKey` it is a channel's own. */
export interface WebhookRoute {
  readonly path: string;
  /** On a shared address, what names no account goes to the channel with this `defaultOf`. */
  readonly provider: string;
  readonly hasHandshake: boolean;
  /** The answer to a body that was accepted. */
  readonly answer: object;
}

const ok = { status: "ok" } as const;

/** Addresses that providers' settings already hold; a last slash changes nothing. */
const sharedRoutes: readonly WebhookRoute[] = [
  {
    path: "/api/v1/webhooks/whatsapp",
    provider: "whatsapp-cloud",
    hasHandshake: true,
    answer: ok,
  },
  { path: "/webhook", provider: "green-api", hasHandshake: true, answer: ok },
  {
    path: "/api/webhooks/greenapi/incoming",
    provider: "green-api",
    hasHandshake: false,
    answer: ok,
  },
];

/** Shorter names that people use in addresses. */
const aliases: readonly (readonly [alias: string, provider: string])[] = [
  ["whatsapp", "whatsapp-cloud"],
  ["greenapi", "green-api"],
];

/** Every address: the shared ones, and each provider's `/api/v1/webhooks/<provider>/<channelKey>`. */
export function listRoutes(): readonly WebhookRoute[] {
  const names = Object.keys(registered).map((name) => [name, name] as const);
  const own = [...names, ...aliases].map(([name, provider]) => ({
    path: `/api/v1/webhooks/${name}/:channelKey`,
    provider,
    hasHandshake: true,
    answer: ok,
  }));
  return [...sharedRoutes, ...own];
}
