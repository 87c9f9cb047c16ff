import { ulid } from "ulid";
import { doneOf } from "#api/rest/channels/done-of.ts";
import { conflict, invalid, notFound, type FieldFault } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import { accountOf, findApiUrlFault } from "#shared/config/api-url.ts";
import { encryptionKeysOf } from "#shared/config/env.ts";
import { channelSecretsPurpose, sealFor } from "#shared/models/channel-secrets.ts";
import { pauseAlert } from "#shared/models/alerts.ts";
import { botIdsOf, type Channel } from "#shared/models/channels.ts";
import { newChannel } from "#shared/models/new-channel.ts";
import { isSwitched, switchDelivery } from "#shared/models/switch-delivery.ts";
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
  await tellDelivery(call, channel, given);
  const set = { ...given.set, ...seal(call, channel, given) };
  const { channels, alerts } = call.api.models;
  await channels.updateOf(tenantId, _id, set, given.unset ?? []);
  if (given.unset?.includes("paused") === true)
    await alerts.endNamed({ tenantId, ...pauseAlert(_id) }, new Date());
  await call.api.directory.refresh();
  return findChannel(call, _id);
}

/** A change of the delivery is one at the provider, too. */
async function tellDelivery(
  { api }: Call<unknown>,
  before: Channel,
  { set, token, secrets }: Given,
): Promise<void> {
  const provider = findProvider(before.provider);
  if (provider?.device === undefined || !isSwitched(before, set)) return;
  await api.directory.refresh();
  const opened = await api.directory.byId(before._id);
  if (opened === undefined) return;
  const said = compact({ token, secrets });
  const channel = { ...opened, ...set, ...said };
  const signal = AbortSignal.timeout(api.config.SEND_TIMEOUT_MS);
  const of = { http: api.http, account: accountOf(channel, api.config), signal };
  doneOf(await switchDelivery(api.config, provider, channel, of));
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
