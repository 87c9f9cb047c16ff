import { z } from "zod";
import { webhookPathsOf } from "#shared/models/webhook-paths.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { demoAccounts, demoTenant } from "#cli/demo/demo-channels.ts";
import { ensureDemoBot } from "#cli/demo/ensure-demo-bot.ts";
import { ensureDemoChannel } from "#cli/demo/ensure-demo-channel.ts";
import { ensureTenant } from "#cli/ensure-tenant.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";

/** Repeatable: a second run changes nothing. */
export const demo = defineCommand({
  name: "demo",
  summary: "Creates the demo tenant, the simulators' channels and the demo bot, once",
  options: {},
  schema: z.object({}),
  run: async ({ json }) => {
    const told = await withDatabase(createDemo);
    const channels = told.channels.map(({ id, webhookPath }) => `  ${id}  webhook ${webhookPath}`);
    const text = [`Demo tenant ${told.tenant}, bot ${told.bot.id}:`, ...channels].join("\n");
    return print(json, told, text);
  },
});

async function createDemo({ config, connection, models }: Database) {
  await ensureIndexes(connection);
  await ensureTenant(models.tenants, demoTenant.id, demoTenant.name);
  const bot = await ensureDemoBot(models.bots);
  for (const account of demoAccounts) {
    const encryptionKey = config.ENCRYPTION_KEY;
    await ensureDemoChannel(models.channels, { account, botId: bot.id, encryptionKey });
  }
  const channels = demoAccounts.map(({ id, provider }) => {
    const [own = "", shared = own] = webhookPathsOf({ provider, key: id });
    return { id, provider, webhookPath: shared };
  });
  return { tenant: demoTenant.id, channels, bot };
}
