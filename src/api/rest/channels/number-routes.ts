import { z } from "zod";
import { accountField, testField } from "#api/rest/channels/channel-routes.ts";
import {
  changeChannel,
  createChannel,
  findChannel as findAny,
} from "#api/rest/channels/save-channel.ts";
import { connectionSchema, testUnless } from "#api/rest/channels/test-connection.ts";
import { byId, dateField, done, nameField, ok, phoneField } from "#api/rest/fields.ts";
import { pageFields, pageOf, toPage } from "#api/rest/pages.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Channel } from "#shared/models/channels.ts";
import { webhookPathsOf } from "#shared/models/webhook-paths.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "WhatsApp numbers";
const path = "/api/v1/whatsapp/numbers";
const provider = "whatsapp-cloud";

const numberSchema = z
  .object({
    id: z.string(),
    display_name: z.string(),
    phone_number: z.string().nullable(),
    phone_number_id: z.string(),
    whatsapp_business_account_id: z.string().nullable(),
    has_access_token: z.boolean(),
    is_active: z.boolean(),
    webhook_paths: z.array(z.string()),
    updated_at: dateField,
  })
  .meta({ id: "WhatsAppNumber", description: "The same thing as the channel of this id" });

const showNumber = (channel: Channel): z.input<typeof numberSchema> => ({
  id: channel._id,
  display_name: channel.name,
  phone_number: channel.phone ?? null,
  phone_number_id: channel.externalId,
  whatsapp_business_account_id: channel.wabaId ?? null,
  has_access_token: channel.sealedToken !== undefined,
  is_active: channel.active,
  webhook_paths: webhookPathsOf(channel),
  updated_at: channel.updatedAt.toISOString(),
});

const saved = z.object({ ...numberSchema.shape, connection: connectionSchema });

const token = z.string().min(1).max(1000).meta({ writeOnly: true });

const whole = {
  display_name: nameField,
  phone_number: phoneField,
  phone_number_id: accountField,
  whatsapp_business_account_id: z.string().max(128).exactOptional(),
  is_active: z.boolean().default(true),
};

const creating = z.strictObject({ ...whole, access_token: token });
const replacing = z.strictObject({
  ...whole,
  access_token: token.exactOptional().meta({ description: "Without it the stored one stays" }),
});

/** An empty text is the form's way to say none. */
const readBody = (body: z.output<typeof replacing>) => {
  const { whatsapp_business_account_id: wabaId = "" } = body;
  return {
    token: body.access_token,
    set: compact({
      name: body.display_name,
      phone: body.phone_number,
      externalId: body.phone_number_id,
      wabaId: wabaId === "" ? undefined : wabaId,
      active: body.is_active,
    }),
    unset: wabaId === "" ? (["wabaId"] as const) : [],
  };
};

const findNumber = (call: Call<unknown>, id: string): Promise<Channel> =>
  findAny(call, id, provider);

export const numberRoutes = [
  defineRoute({
    id: "list_whatsapp_numbers",
    method: "get",
    path,
    tag,
    summary: "The tenant's WhatsApp numbers",
    access: "channels:read",
    input: z.object({ query: z.strictObject(pageFields) }),
    answer: pageOf(numberSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor = "" } = input.query;
      const { tenantId } = identity;
      const found = await api.models.channels.listOf(tenantId, provider, cursor, limit + 1);
      return toPage(found, limit, { cursorOf: ({ _id }) => _id, show: showNumber });
    },
  }),
  defineRoute({
    id: "create_whatsapp_number",
    method: "post",
    path,
    tag,
    summary: "Adds a number; its access token is sealed and never shown",
    access: "channels:write",
    status: 201,
    input: z.object({ query: testField, body: creating }),
    answer: saved,
    run: async (call) => {
      const { body, query } = call.input;
      const names = { provider, name: body.display_name, externalId: body.phone_number_id };
      const channel = await createChannel(call, { ...readBody(body), ...names }, "phone_number_id");
      const connection = await testUnless(call.api, channel._id, query.test === "true");
      return { ...showNumber(channel), connection };
    },
  }),
  defineRoute({
    id: "show_whatsapp_number",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One number",
    access: "channels:read",
    input: z.object({ params: byId }),
    answer: numberSchema,
    run: async (call) => showNumber(await findNumber(call, call.input.params.id)),
  }),
  defineRoute({
    id: "replace_whatsapp_number",
    method: "put",
    path: `${path}/{id}`,
    tag,
    summary: "Replaces the number's fields",
    access: "channels:write",
    input: z.object({ params: byId, query: testField, body: replacing }),
    answer: saved,
    run: async (call) => {
      const { params, query, body } = call.input;
      const before = await findNumber(call, params.id);
      const channel = await changeChannel(call, before, readBody(body), "phone_number_id");
      const connection = await testUnless(call.api, channel._id, query.test === "true");
      return { ...showNumber(channel), connection };
    },
  }),
  defineRoute({
    id: "delete_whatsapp_number",
    method: "delete",
    path: `${path}/{id}`,
    tag,
    summary: "Removes the number: its secrets go, its conversations stay",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const { _id, tenantId } = await findNumber(call, call.input.params.id);
      await call.api.models.channels.retire(tenantId, _id);
      await call.api.directory.refresh();
      return ok;
    },
  }),
  defineRoute({
    id: "toggle_whatsapp_number",
    method: "patch",
    path: `${path}/{id}/toggle`,
    tag,
    summary: "Activates a number that is not active, and the other way round",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: numberSchema,
    run: async (call) => {
      const before = await findNumber(call, call.input.params.id);
      const given = { set: { active: !before.active } };
      return showNumber(await changeChannel(call, before, given, "phone_number_id"));
    },
  }),
];
