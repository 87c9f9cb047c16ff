import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { withDatabase } from "#cli/with-database.ts";
import { compact } from "#shared/providers/compact.ts";

/** What a person has to see to; `id` is what `alerts end` takes. */
export const alertsList = defineCommand({
  name: "alerts list",
  summary: "Lists what a person has to see to, the youngest first",
  options: {
    tenant: { value: "ID", help: "only this tenant's" },
    kind: { value: "KIND", help: "send.held, channel.paused …" },
    state: { value: "STATE", help: "open (default), ended or all" },
    limit: { value: "N", help: "how many at the most; default: 50" },
  },
  schema: z.object({
    tenant: z.string().exactOptional(),
    kind: z.string().exactOptional(),
    state: z.enum(["open", "ended", "all"]).default("open"),
    limit: z.coerce.number().int().min(1).max(10_000).default(50),
  }),
  run: ({ json, tenant, ...query }) =>
    withDatabase(async ({ models }) => {
      const wanted = compact(query);
      const alerts = await (tenant === undefined
        ? models.alerts.listAll(wanted)
        : models.alerts.list(tenant, wanted));
      const lines = alerts.map(({ _id, lastAt, count, text }) =>
        [lastAt.toISOString(), `${count} ×`, _id, text].join("  "),
      );
      return print(json, alerts, lines.length === 0 ? "No alerts." : lines.join("\n"));
    }),
});
