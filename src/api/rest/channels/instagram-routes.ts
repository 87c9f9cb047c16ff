import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { wideUrlOf } from "#shared/config/api-url.ts";
import type { Channel } from "#shared/models/channels.ts";
import type { Poll } from "#shared/models/polls.ts";
import { webhookPathsOf } from "#shared/models/webhook-paths.ts";

const provider = "chatrace";
const mostChannels = 100;

const account = z.object({
  channel_id: z.string(),
  name: z.string(),
  account_id: z.string(),
  is_active: z.boolean(),
  api_url: z.string(),
  has_token: z.boolean(),
  has_secrets: z.boolean(),
  webhook_paths: z.array(z.string()),
  delivery: z.enum(["webhook", "polling"]),
  polling: z
    .object({
      answered_at: dateField.nullable(),
      failures: z.int(),
      failing_since: dateField.nullable(),
      reason: z.string().nullable(),
    })
    .nullable()
    .meta({ description: "How the looks went, where the channel was ever polled" }),
});

const config = z
  .object({ provider: z.literal(provider), configured: z.boolean(), channels: z.array(account) })
  .meta({
    id: "InstagramConfig",
    description: "The tenant's Instagram accounts at Chatrace, without their secrets",
  });

async function showConfig({ api, identity }: Call<unknown>): Promise<z.input<typeof config>> {
  const { channels, polls } = api.models;
  const found = await channels.listOf(identity.tenantId, provider, "", mostChannels);
  const shown = await Promise.all(
    found.map(async (channel) => {
      const poll = await polls.findOf(identity.tenantId, channel._id);
      return showAccount(channel, channel.apiUrl ?? wideUrlOf(provider, api.config), poll);
    }),
  );
  const configured = found.some(({ sealedToken }) => sealedToken !== undefined);
  return { provider, configured, channels: shown };
}

const showAccount = (
  channel: Channel,
  apiUrl: string,
  poll: Poll | null,
): z.input<typeof account> => ({
  channel_id: channel._id,
  name: channel.name,
  account_id: channel.externalId,
  is_active: channel.active,
  api_url: apiUrl,
  has_token: channel.sealedToken !== undefined,
  has_secrets: channel.sealedSecrets.length > 0,
  webhook_paths: webhookPathsOf(channel),
  delivery: channel.delivery ?? "webhook",
  polling: poll === null ? null : showHealth(poll),
});

const showHealth = ({ health }: Poll): z.input<typeof account>["polling"] => ({
  answered_at: health.answeredAt?.toISOString() ?? null,
  failures: health.failures,
  failing_since: health.failingSince?.toISOString() ?? null,
  reason: health.reason ?? null,
});

const show = {
  method: "get",
  tag: "Channels",
  access: "channels:read",
  input: z.object({}),
  answer: config,
  run: showConfig,
} as const;

export const instagramRoutes = [
  defineRoute({
    ...show,
    id: "show_instagram_config",
    path: "/api/v1/instagram/config",
    summary: "How Instagram is connected over Chatrace",
  }),
  defineRoute({
    ...show,
    id: "show_instagram_config_short",
    path: "/instagram/config",
    summary: "The same at the documented address",
  }),
];
