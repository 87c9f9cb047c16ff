import { z } from "zod";
import { nameField } from "#api/rest/fields.ts";
import { notFound } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Tenant } from "#shared/models/tenants.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Settings";
const path = "/api/v1/settings";

const settingsSchema = z
  .object({
    tenant_id: z.string(),
    name: z.string(),
    default_language: z.string().nullable(),
    time_zone: z.string(),
  })
  .meta({ id: "Settings" });

const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format().length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const showTenant = ({ _id, name, language, timeZone }: Tenant) => ({
  tenant_id: _id,
  name,
  default_language: language ?? null,
  time_zone: timeZone ?? "UTC",
});

async function findTenant({ api, identity }: Call<unknown>): Promise<Tenant> {
  const tenant = await api.models.tenants.find(identity.tenantId);
  if (tenant === null) throw notFound("tenant");
  return tenant;
}

export const settingsRoutes = [
  defineRoute({
    id: "show_settings",
    method: "get",
    path,
    tag,
    summary: "The tenant's own settings",
    access: "settings:read",
    input: z.object({}),
    answer: settingsSchema,
    run: async (call) => showTenant(await findTenant(call)),
  }),
  defineRoute({
    id: "update_settings",
    method: "patch",
    path,
    tag,
    summary: "Changes what is named",
    access: "settings:write",
    input: z.object({
      body: z.strictObject({
        name: nameField.exactOptional(),
        default_language: z
          .string()
          .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, "must be a language code: ru, en, pt-BR")
          .exactOptional(),
        time_zone: z
          .string()
          .max(60)
          .refine(isTimeZone, "must be a time zone of the IANA list: Asia/Bishkek, Europe/Moscow")
          .exactOptional(),
      }),
    }),
    answer: settingsSchema,
    run: async (call) => {
      const { name, default_language: language, time_zone: timeZone } = call.input.body;
      const { _id } = await findTenant(call);
      await call.api.models.tenants.update(_id, compact({ name, language, timeZone }));
      return showTenant(await findTenant(call));
    },
  }),
];
