import { z } from "zod";
import { findChannel } from "#api/rest/channels/save-channel.ts";
import { byId } from "#api/rest/fields.ts";
import { notFound } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import { examineChannel } from "#shared/doctor/examine-channel.ts";
import { findProvider } from "#shared/providers/find-provider.ts";

const finding = z
  .object({
    check: z.string(),
    state: z.enum(["ok", "warn", "fail"]),
    says: z.string(),
    fix: z.string().nullable(),
  })
  .meta({ id: "Finding" });

export const doctorRoute = defineRoute({
  id: "examine_channel",
  method: "get",
  path: "/api/v1/channels/{id}/doctor",
  tag: "Channels",
  summary: "Looks at everything that a channel needs, here and at the provider; changes nothing",
  access: "channels:read",
  input: z.object({ params: byId }),
  answer: z.object({ findings: z.array(finding) }),
  run: async (call) => {
    const { api } = call;
    const { _id } = await findChannel(call, call.input.params.id);
    const channel = await api.directory.byId(_id);
    const provider = channel && findProvider(channel.provider);
    if (channel === undefined || provider === undefined) throw notFound("channel");
    const findings = await examineChannel({
      models: api.models,
      http: api.http,
      channel,
      provider,
      config: api.config,
      now: new Date(),
    });
    return { findings: findings.map(({ fix = null, ...said }) => ({ ...said, fix })) };
  },
});
