import { z } from "zod";
import { describeChannel, tellChannel } from "#cli/channels/describe-channel.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { withDatabase } from "#cli/with-database.ts";

/** Of tokens and secrets it says only whether they are set. */
export const channelList = defineCommand({
  name: "channel list",
  summary: "Lists the channels with their settings and webhook addresses",
  options: { tenant: { value: "ID", help: "only this tenant's" } },
  schema: z.object({ tenant: z.string().exactOptional() }),
  run: ({ json, tenant }) =>
    withDatabase(async ({ models }) => {
      const all = await models.channels.list();
      const channels = all.filter(({ tenantId }) => tenant === undefined || tenantId === tenant);
      const text =
        channels.length === 0
          ? 'No channels yet: add one with "channel add", or run "demo".'
          : channels.map(tellChannel).join("\n");
      return print(json, channels.map(describeChannel), text);
    }),
});
