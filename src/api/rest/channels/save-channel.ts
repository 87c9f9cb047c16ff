import { ulid } from "ulid";
import { conflict, invalid, notFound, type FieldFault } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import { findApiUrlFault } from "#shared/config/api-url.ts";
import { encryptionKeysOf } from "#shared/config/env.ts";
import { channelSecretsPurpose, sealFor } from "#shared/models/channel-secrets.ts";
import { pauseAlert } from "#shared/models/alerts.ts";
import { botIdsOf, type Channel } from "#shared/models/channels.ts";
import { newChannel } from "#shared/models/new-channel.ts";
import { compact } from "#shared/providers/compact.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import { createCipher } from "#shared/runtime/cipher.ts";

/** What people set, secrets in clear; names as the channel has them. */
export interface Given {
  readonly set: Partial<Channel>;
  readonly unset?: readonly (keyof Channel)[];
  readonly token?: string | undefined;
  readonly secrets?: readonly string[] | undefined;
}

type Owner = Pick<Channel, "_id" | "tenantId" | "provider">;

/** The field that holds the provider's name of the account, as the route calls it. */
type AccountField = "external_id" | "phone_number_id";

export async function findChannel(
  { api, identity }: Call<unknown>,
  id: string,
  provider?: string,
): Promise<Channel> {
  const channel = await api.models.channels.findOf(identity.tenantId, id);
  if (channel === null || (provider !== undefined && channel.provider !== provider))
    throw notFound("channel");
  return channel;
}

export async function createChannel(
  call: Call<unknown>,
  given: Given & Pick<Channel, "provider" | "name" | "externalId">,
  accountField: AccountField,
): Promise<Channel> {
  const { api, identity } = call;
  const owner = {
    _id: ulid().toLowerCase(),
    tenantId: identity.tenantId,
    provider: given.provider,
  };
  await check(call, owner, given, accountField);
  const { name, externalId } = given;
  const sealed = seal(call, owner, given);
  await api.models.channels.create(
    newChannel({ ...owner, name, externalId, ...given.set, ...sealed }),
  );
  return findChannel(call, owner._id);
}

export async function changeChannel(
  call: Call<unknown>,
  channel: Channel,
  given: Given,
  accountField: AccountField,
): Promise<Channel> {
  const { _id, tenantId } = channel;
  await check(call, channel, given, accountField);
  const set = { ...given.set, ...seal(call, channel, given) };
  const { channels, alerts } = call.api.models;
  await channels.updateOf(tenantId, _id, set, given.unset ?? []);
  if (given.unset?.includes("paused") === true)
    await alerts.endNamed({ tenantId, ...pauseAlert(_id) }, new Date());
  await call.api.directory.refresh();
  return findChannel(call, _id);
}

function seal({ api }: Call<unknown>, owner: Owner, { token, secrets }: Given) {
  const cipher = createCipher(encryptionKeysOf(api.config), channelSecretsPurpose);
  return compact({
    sealedToken: token === undefined ? undefined : sealFor(cipher, owner, "token", token),
    sealedSecrets: secrets?.map((secret) => sealFor(cipher, owner, "secret", secret)),
  });
}

async function check(
  call: Call<unknown>,
  owner: Owner,
  { set }: Given,
  accountField: AccountField,
): Promise<void> {
  const { models, config } = call.api;
  const faults: FieldFault[] = [];
  const urlFault = set.apiUrl && findApiUrlFault(set.apiUrl, owner.provider, config);
  if (urlFault !== undefined) faults.push({ field: "api_url", message: urlFault });
  if (set.delivery === "polling" && findProvider(owner.provider)?.poll === undefined)
    faults.push({
      field: "delivery",
      message: `${owner.provider} posts only: it cannot be polled`,
    });
  const field = set.botIds === undefined ? "bot_id" : "bot_ids";
  for (const botId of botIdsOf(set)) faults.push(...(await findBotFault(call, field, botId)));
  if (faults.length > 0) throw invalid(faults);
  await checkBusiness(call, owner, set);
  if (set.externalId === undefined) return;
  const same = await models.channels.findByAccount(owner.provider, set.externalId);
  if (same !== null && same._id !== owner._id)
    throw conflict(accountField, "this account is connected already, as another channel");
}

/** News of a business go to all its channels: nobody names the business of another tenant. */
async function checkBusiness(
  { api }: Call<unknown>,
  { provider, tenantId }: Owner,
  { wabaId }: Partial<Channel>,
): Promise<void> {
  const same =
    wabaId === undefined ? [] : await api.models.channels.listByBusiness(provider, wabaId);
  if (same.some((channel) => channel.tenantId !== tenantId))
    throw conflict("whatsapp_business_account_id", "this account is somebody else's here");
}

async function findBotFault(
  { api, identity }: Call<unknown>,
  field: string,
  botId: string,
): Promise<readonly FieldFault[]> {
  const bot = await api.models.bots.findOf(identity.tenantId, botId);
  if (bot === null) return [{ field, message: `there is no bot ${botId}` }];
  if (bot.publishedVersionId !== undefined) return [];
  return [{ field, message: `the bot ${botId} was never published: publish it first` }];
}
