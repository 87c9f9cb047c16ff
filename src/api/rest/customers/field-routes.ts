import { z } from "zod";
import { done, nameField, ok } from "#api/rest/fields.ts";
import { pageOf } from "#api/rest/pages.ts";
import { notFound } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import { fieldTypes, type ContactField } from "#shared/domain/contact-field.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Contacts";
const path = "/api/v1/contact-fields";

const fieldSchema = z
  .object({
    key: z.string().meta({ description: "The name in a contact's metadata" }),
    label: z.string(),
    type: z.enum(fieldTypes),
    choices: z.array(z.string()),
  })
  .meta({ id: "ContactField" });

const byKey = z.strictObject({
  key: z.string().regex(/^[^.$\0]{1,100}$/, "takes 1 to 100 characters, none of them . or $"),
});

const showField = ({ key, label, type, choices = [] }: ContactField) => ({
  key,
  label,
  type,
  choices: [...choices],
});

export const fieldRoutes = [
  defineRoute({
    id: "list_contact_fields",
    method: "get",
    path,
    tag,
    summary: "What the tenant says of its contacts' fields",
    access: "contacts:read",
    input: z.object({}),
    answer: pageOf(fieldSchema),
    run: async ({ api, identity }) => {
      const found = await api.models.contactFields.list(identity.tenantId);
      return { items: found.map(showField), next_cursor: null };
    },
  }),
  defineRoute({
    id: "define_contact_field",
    method: "put",
    path: `${path}/{key}`,
    tag,
    summary:
      "Defines a field, or defines it anew; what contacts have in it stays as it was written",
    access: "settings:write",
    input: z.object({
      params: byKey,
      body: z
        .strictObject({
          label: nameField,
          type: z.enum(fieldTypes),
          choices: z.array(nameField).min(1).max(100).exactOptional(),
        })
        .refine(({ type, choices }) => (type === "choice") === (choices !== undefined), {
          path: ["choices"],
          error: "belong to the type choice, which needs them",
        }),
    }),
    answer: fieldSchema,
    run: async ({ api, identity, input }) => {
      const { label, type, choices } = input.body;
      const field = compact({ key: input.params.key, label, type, choices });
      return showField(await api.models.contactFields.define(identity.tenantId, field));
    },
  }),
  defineRoute({
    id: "delete_contact_field",
    method: "delete",
    path: `${path}/{key}`,
    tag,
    summary: "Forgets the definition; what contacts have in it stays",
    access: "settings:write",
    input: z.object({ params: byKey }),
    answer: done,
    run: async ({ api, identity, input }) => {
      if (await api.models.contactFields.remove(identity.tenantId, input.params.key)) return ok;
      throw notFound("contact field");
    },
  }),
];
