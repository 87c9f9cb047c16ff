import { z } from "zod";
import { doneOf } from "#api/rest/channels/done-of.ts";
import { findChannel } from "#api/rest/channels/save-channel.ts";
import { byId, done, ok } from "#api/rest/fields.ts";
import { pageFields, pageOf } from "#api/rest/pages.ts";
import { notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { accountOf } from "#shared/config/api-url.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import type { Template, TemplateCall, Templates } from "#shared/providers/provider.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Templates";
const path = "/api/v1/channels/{id}/templates";

const templateSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    language: z.string(),
    status: z
      .string()
      .nullable()
      .meta({ description: "Meta's word: APPROVED, PENDING, REJECTED …" }),
    category: z.string().nullable(),
    components: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ id: "Template" });

const nameField = z
  .string()
  .regex(/^[a-z0-9_]{1,512}$/, "takes small letters, digits and _, at most 512");

const showTemplate = (template: Template): z.input<typeof templateSchema> => ({
  id: template.id,
  name: template.name,
  language: template.language,
  status: template.status ?? null,
  category: template.category ?? null,
  components: template.components.map((component) => ({ ...component })),
});

/** The provider of a channel that has templates, ready for a call. */
async function openTemplates(
  call: Call<unknown>,
  id: string,
): Promise<{ readonly templates: Templates; readonly of: TemplateCall }> {
  const { api } = call;
  const { _id } = await findChannel(call, id);
  const channel = await api.directory.byId(_id);
  const templates = channel && findProvider(channel.provider)?.templates;
  if (channel === undefined || templates === undefined)
    throw new Problem(409, "This channel's provider has no templates");
  if (channel.wabaId === undefined)
    throw new Problem(
      409,
      "Set the channel's whatsapp_business_account_id: templates belong to it",
    );
  const signal = AbortSignal.timeout(api.config.SEND_TIMEOUT_MS);
  const account = accountOf(channel, api.config);
  return { templates, of: { http: api.http, account, businessId: channel.wabaId, signal } };
}

export const templateRoutes = [
  defineRoute({
    id: "list_templates",
    method: "get",
    path,
    tag,
    summary: "The templates as the provider has them now",
    access: "channels:read",
    input: z.object({ params: byId, query: z.strictObject(pageFields) }),
    answer: pageOf(templateSchema),
    run: async (call) => {
      const { params, query } = call.input;
      const { templates, of } = await openTemplates(call, params.id);
      const page = compact({ limit: query.limit, after: query.cursor });
      const { items, after } = doneOf(await templates.list(of, page));
      const next = after === undefined ? null : Buffer.from(after).toString("base64url");
      return { items: items.map(showTemplate), next_cursor: next };
    },
  }),
  defineRoute({
    id: "create_template",
    method: "post",
    path,
    tag,
    summary: "Hands a template in at the provider, which approves or rejects it later",
    access: "channels:write",
    status: 201,
    input: z.object({
      params: byId,
      body: z.strictObject({
        name: nameField,
        language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2,3})?$/, "must be like ru or en_US"),
        category: z.enum(["AUTHENTICATION", "MARKETING", "UTILITY"]),
        components: z
          .array(z.record(z.string().max(100), z.unknown()))
          .min(1)
          .max(20)
          .meta({ description: "In Meta's own form: HEADER, BODY, FOOTER, BUTTONS" }),
      }),
    }),
    answer: z.object({
      id: z.string(),
      status: z.string().nullable(),
      category: z.string().nullable(),
    }),
    run: async (call) => {
      const { params, body } = call.input;
      const { templates, of } = await openTemplates(call, params.id);
      const { id, status, category } = doneOf(await templates.create(of, body));
      return { id, status: status ?? null, category: category ?? null };
    },
  }),
  defineRoute({
    id: "delete_template",
    method: "delete",
    path: `${path}/{name}`,
    tag,
    summary: "Removes a template at the provider, in all its languages",
    access: "channels:write",
    input: z.object({ params: z.strictObject({ ...byId.shape, name: z.string().max(512) }) }),
    answer: done,
    run: async (call) => {
      const { id, name } = call.input.params;
      const { templates, of } = await openTemplates(call, id);
      if (!nameField.safeParse(name).success) throw notFound("template");
      doneOf(await templates.remove(of, name));
      return ok;
    },
  }),
];
