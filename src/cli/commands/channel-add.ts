import { ulid } from "ulid";
import { z } from "zod";
import { channelFields, plainName } from "#cli/channels/channel-flags.ts";
import { channelOptions } from "#cli/channels/channel-options.ts";
import { checkChannel } from "#cli/channels/check-channel.ts";
import { describeChannel, tellChannel } from "#cli/channels/describe-channel.ts";
import { readChanges } from "#cli/channels/read-changes.ts";
import { sealSecrets } from "#cli/channels/seal-secrets.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { ensureTenant } from "#cli/ensure-tenant.ts";
import { providerName } from "#cli/provider-name.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import type { Channel } from "#shared/models/channels.ts";
import { newChannel } from "#shared/models/new-channel.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";

const schema = z.object({
  ...channelFields,
  provider: providerName,
  tenant: plainName.default("default"),
  name: z.string().trim().min(1).max(200),
  externalId: channelFields.externalId.unwrap(),
});

/** Secrets are sealed before they reach the database and never printed. */
export const channelAdd = defineCommand({
  name: "channel add",
  summary: "Connects a provider's account and prints the webhook addresses to enter there",
  options: {
    provider: { value: "NAME", help: "whatsapp-cloud, green-api …" },
    tenant: { value: "ID", help: "whose channel it is; default: default" },
    ...channelOptions,
  },
  schema,
  run: ({ json, ...flags }) =>
    withDatabase(async (database) => {
      await ensureIndexes(database.connection);
      const channel = await buildChannel(database, flags);
      await checkChannel(database, channel, channel);
      await ensureTenant(database.models.tenants, channel.tenantId);
      await database.models.channels.create(channel);
      return print(json, describeChannel(channel), tellChannel(channel));
    }),
});

async function buildChannel({ config }: Database, flags: z.infer<typeof schema>): Promise<Channel> {
  const owner = { _id: ulid().toLowerCase(), tenantId: flags.tenant };
  const { set } = readChanges(flags, flags.provider.name);
  const sealed = await sealSecrets(flags, owner, config.ENCRYPTION_KEY);
  const { name, externalId } = flags;
  const provider = flags.provider.name;
  return newChannel({ ...owner, provider, name, externalId, ...set, ...sealed });
}
