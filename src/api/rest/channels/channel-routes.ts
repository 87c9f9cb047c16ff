import ipaddr from "ipaddr.js";
import { z } from "zod";
import {
  changeChannel,
  createChannel,
  findChannel,
  type Given,
} from "#api/rest/channels/save-channel.ts";
import { channelSchema, showChannel } from "#api/rest/channels/show-channel.ts";
import {
  connectionSchema,
  testConnection,
  testUnless,
} from "#api/rest/channels/test-connection.ts";
import { byId, done, idField, nameField, ok, phoneField } from "#api/rest/fields.ts";
import { pageFields, pageOf, toPage } from "#api/rest/pages.ts";
import { defineRoute } from "#api/rest/route.ts";
import { keepBots, type Channel } from "#shared/models/channels.ts";
import { compact } from "#shared/providers/compact.ts";
import * as registered from "#shared/providers/registered.ts";

const tag = "Channels";
const path = "/api/v1/channels";

const provider = z.string().refine((name) => Object.hasOwn(registered, name), {
  error: `must be one of ${Object.keys(registered).join(", ")}`,
});

const place = z
  .string()
  .max(50)
  .refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), {
    error: "must be an IP address or network",
  });

const secretField = z.string().min(1).max(1000).meta({ writeOnly: true });

export const accountField = z
  .string()
  .regex(/^[\w.:@-]{1,128}$/, "must be the provider's id of the account, without spaces");

/** Whether the provider is asked with the token that was saved. */
export const testField = z.strictObject({
  test: z.enum(["true", "false"]).default("true"),
});

const mostBots = 20;

/** Text that stands in an address or a header and can be nothing else. */
const plain = (pattern: RegExp) => z.string().max(200).regex(pattern);

const shared = {
  phone_number: phoneField.nullable().exactOptional(),
  whatsapp_business_account_id: z.string().max(128).nullable().exactOptional(),
  is_active: z.boolean().exactOptional(),
  token: secretField.exactOptional(),
  secrets: z.array(secretField).max(5).exactOptional(),
  bot_id: idField.nullable().exactOptional(),
  bot_ids: z.array(idField).max(mostBots).exactOptional().meta({
    description: "Several bots by priority; counts in place of `bot_id`",
  }),
  allow_from: z.array(place).max(100).exactOptional(),
  api_url: z.url().max(500).nullable().exactOptional(),
  delivery: z.enum(["webhook", "polling"]).exactOptional().meta({
    description:
      "A change is written at Green API, too: its instance restarts, and for up to 5 minutes messages wait there",
  }),
  poll_every_ms: z.int().min(1000).max(3_600_000).nullable().exactOptional(),
  poll_paths: z
    .array(plain(/^\/[\w./-]*$/))
    .min(1)
    .max(10)
    .nullable()
    .exactOptional(),
  poll_header: plain(/^[\w-]+$/)
    .nullable()
    .exactOptional(),
  poll_items: plain(/^\w+(\.\w+)*$/)
    .nullable()
    .exactOptional(),
  hold_ms: z.int().min(0).max(60_000).nullable().exactOptional(),
  per_second: z.int().min(1).max(1000).nullable().exactOptional(),
  pair_interval_ms: z.int().min(0).max(3_600_000).nullable().exactOptional().meta({
    description: "Between sends to one customer; 0: no pause; null: the provider's",
  }),
  pair_burst: z.int().min(1).max(1000).nullable().exactOptional().meta({
    description: "Sends to one customer before that pause",
  }),
  unknown_policy: z.enum(["evidence", "hold", "resend"]).exactOptional(),
  resend_failed: z.boolean().exactOptional(),
  answer_groups: z.boolean().exactOptional(),
  answer_crm: z.boolean().exactOptional().meta({
    description: "Makes the contacts and deals that the provider asks for (Wazzup24)",
  }),
  sign_in: z
    .boolean()
    .exactOptional()
    .meta({ description: "People sign in by a message to this number" }),
  window_template: z
    .strictObject({ name: z.string().min(1).max(512), language: z.string().min(2).max(20) })
    .nullable()
    .exactOptional(),
};

const creating = z.strictObject({
  provider,
  name: nameField,
  external_id: accountField,
  ...shared,
});

const changing = z.strictObject({
  name: nameField.exactOptional(),
  external_id: accountField.exactOptional(),
  paused: z.null().exactOptional().meta({ description: "null: send again" }),
  ...shared,
});

/** `null` takes a setting away. */
function readGiven(body: z.output<typeof changing>): Given {
  const bots = readBots(body);
  const nullable = {
    phone: body.phone_number,
    wabaId: body.whatsapp_business_account_id,
    apiUrl: body.api_url,
    pollEveryMs: body.poll_every_ms,
    pollPaths: body.poll_paths,
    pollHeader: body.poll_header,
    pollItems: body.poll_items,
    holdMs: body.hold_ms,
    perSecond: body.per_second,
    pairIntervalMs: body.pair_interval_ms,
    pairBurst: body.pair_burst,
    windowTemplate: body.window_template,
    paused: body.paused,
  };
  return {
    token: body.token,
    secrets: body.secrets,
    set: {
      ...compact({
        name: body.name,
        externalId: body.external_id,
        active: body.is_active,
        allowFrom: body.allow_from,
        unknownPolicy: body.unknown_policy,
        resendFailed: body.resend_failed,
        answerGroups: body.answer_groups,
        signIn: body.sign_in,
        answersCrm: body.answer_crm,
        phone: nullable.phone ?? undefined,
        wabaId: nullable.wabaId ?? undefined,
        apiUrl: nullable.apiUrl ?? undefined,
        delivery: body.delivery,
        pollEveryMs: nullable.pollEveryMs ?? undefined,
        pollPaths: nullable.pollPaths ?? undefined,
        pollHeader: nullable.pollHeader ?? undefined,
        pollItems: nullable.pollItems ?? undefined,
        holdMs: nullable.holdMs ?? undefined,
        perSecond: nullable.perSecond ?? undefined,
        pairIntervalMs: nullable.pairIntervalMs ?? undefined,
        pairBurst: nullable.pairBurst ?? undefined,
        windowTemplate: nullable.windowTemplate ?? undefined,
      }),
      ...bots.set,
    },
    unset: [...nullsOf(nullable), ...bots.unset],
  };
}

const readBots = ({ bot_id: id, bot_ids: ids }: z.output<typeof changing>) => {
  if (ids === undefined && id === undefined) return { set: {}, unset: [] };
  return keepBots(ids ?? [id ?? []].flat());
};

function nullsOf<Field extends keyof Channel>(given: Readonly<Record<Field, unknown>>): Field[] {
  const fields: Field[] = [];
  for (const field in given) if (given[field] === null) fields.push(field);
  return fields;
}

const saved = z.object({ channel: channelSchema, connection: connectionSchema });

export const channelRoutes = [
  defineRoute({
    id: "list_channels",
    method: "get",
    path,
    tag,
    summary: "The tenant's channels, of all providers",
    access: "channels:read",
    input: z.object({
      query: z.strictObject({ ...pageFields, provider: provider.exactOptional() }),
    }),
    answer: pageOf(channelSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor = "", provider: name } = input.query;
      const { tenantId } = identity;
      const found = await api.models.channels.listOf(tenantId, name, cursor, limit + 1);
      return toPage(found, limit, { cursorOf: ({ _id }) => _id, show: showChannel });
    },
  }),
  defineRoute({
    id: "create_channel",
    method: "post",
    path,
    tag,
    summary: "Connects a provider's account and asks the provider whether the token is good",
    access: "channels:write",
    status: 201,
    input: z.object({ query: testField, body: creating }),
    answer: saved,
    run: async (call) => {
      const { body, query } = call.input;
      const { provider: name, ...rest } = body;
      const given = readGiven(rest);
      const names = { provider: name, name: body.name, externalId: body.external_id };
      const channel = await createChannel(call, { ...given, ...names }, "external_id");
      const connection = await testUnless(call.api, channel._id, query.test === "true");
      return { channel: showChannel(channel), connection };
    },
  }),
  defineRoute({
    id: "show_channel",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One channel",
    access: "channels:read",
    input: z.object({ params: byId }),
    answer: channelSchema,
    run: async (call) => showChannel(await findChannel(call, call.input.params.id)),
  }),
  defineRoute({
    id: "update_channel",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary: "Changes what is named; null takes a setting away",
    access: "channels:write",
    input: z.object({ params: byId, query: testField, body: changing }),
    answer: saved,
    run: async (call) => {
      const { params, query, body } = call.input;
      const before = await findChannel(call, params.id);
      const channel = await changeChannel(call, before, readGiven(body), "external_id");
      const isAccount = [body.token, body.api_url, body.external_id].some(
        (field) => field !== undefined,
      );
      const connection = await testUnless(
        call.api,
        channel._id,
        isAccount && query.test === "true",
      );
      return { channel: showChannel(channel), connection };
    },
  }),
  defineRoute({
    id: "delete_channel",
    method: "delete",
    path: `${path}/{id}`,
    tag,
    summary: "Disconnects it: its secrets go, its conversations stay",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const { _id, tenantId } = await findChannel(call, call.input.params.id);
      await call.api.models.channels.retire(tenantId, _id);
      await call.api.directory.refresh();
      return ok;
    },
  }),
  defineRoute({
    id: "test_channel",
    method: "post",
    path: `${path}/{id}/test`,
    tag,
    summary: "Asks the provider whether the stored token is good",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: connectionSchema,
    run: async (call) => {
      const { _id } = await findChannel(call, call.input.params.id);
      return testConnection(call.api, _id);
    },
  }),
];
