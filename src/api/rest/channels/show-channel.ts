import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import { botIdsOf, type Channel } from "#shared/models/channels.ts";
import { webhookPathsOf } from "#shared/models/webhook-paths.ts";

export const channelSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    external_id: z.string().meta({ description: "phone_number_id, idInstance …" }),
    phone_number: z.string().nullable(),
    whatsapp_business_account_id: z.string().nullable(),
    is_active: z.boolean().meta({ description: "false: webhooks are kept and no bot answers" }),
    paused: z
      .object({ code: z.string(), reason: z.string(), at: dateField })
      .nullable()
      .meta({ description: "The provider refused the account: sends wait" }),
    has_token: z.boolean(),
    has_secrets: z.boolean(),
    bot_id: z.string().nullable().meta({ description: "The first of the bots" }),
    bot_ids: z.array(z.string()).meta({
      description: "All by priority: the first whose trigger a message fires starts",
    }),
    allow_from: z.array(z.string()),
    api_url: z.string().nullable(),
    delivery: z.enum(["webhook", "polling"]),
    poll_every_ms: z.int().nullable(),
    poll_paths: z.array(z.string()).nullable(),
    poll_header: z.string().nullable(),
    poll_items: z.string().nullable(),
    hold_ms: z.int().nullable(),
    per_second: z.int().nullable(),
    pair_interval_ms: z.int().nullable(),
    pair_burst: z.int().nullable(),
    unknown_policy: z.enum(["evidence", "hold", "resend"]),
    resend_failed: z.boolean(),
    answer_groups: z.boolean(),
    answer_crm: z.boolean(),
    sign_in: z.boolean(),
    window_template: z.object({ name: z.string(), language: z.string() }).nullable(),
    webhook_paths: z.array(z.string()).meta({ description: "Where the provider may post" }),
    updated_at: dateField,
  })
  .meta({ id: "Channel", description: "Of tokens and secrets it says only whether they are set" });

export const showChannel = (channel: Channel): z.input<typeof channelSchema> => {
  const { paused, windowTemplate } = channel;
  return {
    id: channel._id,
    provider: channel.provider,
    name: channel.name,
    external_id: channel.externalId,
    phone_number: channel.phone ?? null,
    whatsapp_business_account_id: channel.wabaId ?? null,
    is_active: channel.active,
    paused:
      paused === undefined
        ? null
        : { code: paused.code, reason: paused.reason, at: paused.at.toISOString() },
    has_token: channel.sealedToken !== undefined,
    has_secrets: channel.sealedSecrets.length > 0,
    bot_id: channel.botId ?? null,
    bot_ids: [...botIdsOf(channel)],
    allow_from: [...channel.allowFrom],
    api_url: channel.apiUrl ?? null,
    delivery: channel.delivery ?? "webhook",
    poll_every_ms: channel.pollEveryMs ?? null,
    poll_paths: channel.pollPaths === undefined ? null : [...channel.pollPaths],
    poll_header: channel.pollHeader ?? null,
    poll_items: channel.pollItems ?? null,
    hold_ms: channel.holdMs ?? null,
    per_second: channel.perSecond ?? null,
    pair_interval_ms: channel.pairIntervalMs ?? null,
    pair_burst: channel.pairBurst ?? null,
    unknown_policy: channel.unknownPolicy,
    resend_failed: channel.resendFailed,
    answer_groups: channel.answerGroups,
    answer_crm: channel.answersCrm === true,
    sign_in: channel.signIn === true,
    window_template: windowTemplate === undefined ? null : { ...windowTemplate },
    webhook_paths: webhookPathsOf(channel),
    updated_at: channel.updatedAt.toISOString(),
  };
};
