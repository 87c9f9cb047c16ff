import {
  chatraceAnswers,
  plainAnswers,
  wazzup24Answers,
  type ProviderAnswers,
} from "#api/webhooks/provider-answers.ts";
import { aliases } from "#shared/models/webhook-paths.ts";
import * as registered from "#shared/providers/registered.ts";

/** One address that webhooks come to. With `:channelKey` it is a channel's own. */
export interface WebhookRoute extends ProviderAnswers {
  readonly path: string;
  /** On a shared address, what names no account goes to the channel with this `defaultOf`. */
  readonly provider: string;
  readonly hasHandshake: boolean;
}

/** Addresses that providers' settings already hold; a last slash changes nothing. */
const sharedRoutes: readonly WebhookRoute[] = [
  {
    path: "/api/v1/webhooks/whatsapp",
    provider: "whatsapp-cloud",
    hasHandshake: true,
    ...plainAnswers,
  },
  { path: "/webhook", provider: "green-api", hasHandshake: true, ...plainAnswers },
  {
    path: "/api/webhooks/greenapi/incoming",
    provider: "green-api",
    hasHandshake: false,
    ...plainAnswers,
  },
  { path: "/api/webhooks/wazzup24", provider: "wazzup24", hasHandshake: true, ...wazzup24Answers },
  { path: "/instagram/webhook", provider: "chatrace", hasHandshake: true, ...chatraceAnswers },
];

const ownAnswers: ReadonlyMap<string, ProviderAnswers> = new Map([
  ["wazzup24", wazzup24Answers],
  ["chatrace", chatraceAnswers],
]);

/** Every address: the shared ones, and each provider's `/api/v1/webhooks/<provider>/<channelKey>`. */
export function listRoutes(): readonly WebhookRoute[] {
  const names = Object.keys(registered).map((name) => [name, name] as const);
  const own = [...names, ...aliases].map(([name, provider]) => ({
    path: `/api/v1/webhooks/${name}/:channelKey`,
    provider,
    hasHandshake: true,
    ...(ownAnswers.get(provider) ?? plainAnswers),
  }));
  return [...sharedRoutes, ...own];
}
