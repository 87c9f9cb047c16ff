import { CommandError } from "#cli/failures.ts";
import type { Database } from "#cli/with-database.ts";
import { findApiUrlFault } from "#shared/config/api-url.ts";
import { botIdsOf, type Channel } from "#shared/models/channels.ts";
import { findProvider } from "#shared/providers/find-provider.ts";

type Owner = Pick<Channel, "_id" | "tenantId" | "provider">;

/** Throws, naming the flag, when what is to be set would clash with another channel or cannot work. */
export async function checkChannel(
  { config, models }: Database,
  owner: Owner,
  set: Partial<Channel>,
): Promise<void> {
  const others = (await models.channels.list()).filter(({ _id }) => _id !== owner._id);
  checkKey(others, set);
  checkAccount(others, owner, set);
  checkDefault(others, set);
  const fault = set.apiUrl && findApiUrlFault(set.apiUrl, owner.provider, config);
  if (fault !== undefined) throw new CommandError(`--api-url: ${fault}`);
  if (set.delivery === "polling" && findProvider(owner.provider)?.poll === undefined)
    throw new CommandError(`--delivery: ${owner.provider} posts only, it cannot be polled`);
  for (const botId of botIdsOf(set)) await checkBot(models.bots, botId, owner.tenantId);
}

function checkKey(others: readonly Channel[], { key }: Partial<Channel>): void {
  const same = others.find((other) => other.key === key);
  if (same === undefined) return;
  throw new CommandError(`--key: "${key}" is already the key of channel ${same._id}, use another`);
}

function checkAccount(
  others: readonly Channel[],
  { provider }: Owner,
  { externalId }: Partial<Channel>,
): void {
  const same = others.find(
    (other) => other.provider === provider && other.externalId === externalId,
  );
  if (same === undefined) return;
  throw new CommandError(
    `--external-id: ${provider} account ${externalId} is already channel ${same._id}, change that one with "channel set"`,
  );
}

/** Said before the database refuses it: nobody could say which of two defaults is asked. */
function checkDefault(others: readonly Channel[], { defaultOf }: Partial<Channel>): void {
  if (defaultOf === undefined) return;
  const same = others.find((other) => other.defaultOf === defaultOf);
  if (same === undefined) return;
  throw new CommandError(
    `--default: channel ${same._id} is already the default of ${defaultOf}, run "channel set ${same._id} --no-default" first`,
  );
}

async function checkBot(
  bots: Database["models"]["bots"],
  botId: string,
  tenantId: string,
): Promise<void> {
  const bot = await bots.find(botId);
  if (bot?.tenantId === tenantId) return;
  throw new CommandError(
    `--bot: tenant ${tenantId} has no bot ${botId}, make one with "bot import FILE --tenant ${tenantId} --publish"`,
  );
}
