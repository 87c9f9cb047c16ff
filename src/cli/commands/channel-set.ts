import { z } from "zod";
import { channelFields, type ChannelSettings } from "#cli/channels/channel-flags.ts";
import { channelOptions } from "#cli/channels/channel-options.ts";
import { checkChannel } from "#cli/channels/check-channel.ts";
import { describeChannel, tellChannel } from "#cli/channels/describe-channel.ts";
import { doneOf } from "#cli/channels/done-of.ts";
import { withAccountOf } from "#cli/channels/open-account.ts";
import { readChanges } from "#cli/channels/read-changes.ts";
import { sealSecrets } from "#cli/channels/seal-secrets.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { UsageError } from "#cli/failures.ts";
import { findChannel } from "#cli/find-channel.ts";
import { withDatabase } from "#cli/with-database.ts";
import type { Config } from "#shared/config/env.ts";
import { pauseAlert } from "#shared/models/alerts.ts";
import type { Channel } from "#shared/models/channels.ts";
import { isSwitched, switchDelivery } from "#shared/models/switch-delivery.ts";
import { findProvider } from "#shared/providers/find-provider.ts";

const schema = z.object({
  ...channelFields,
  active: z.boolean().exactOptional(),
  noDefault: z.boolean().exactOptional(),
  noSignIn: z.boolean().exactOptional(),
  noAnswerCrm: z.boolean().exactOptional(),
  resume: z.boolean().exactOptional(),
  clearSecrets: z.boolean().exactOptional(),
  operands: z.tuple([z.string()], { error: "name one channel by its id" }),
});

/** What is not named stays as it is. */
export const channelSet = defineCommand({
  name: "channel set",
  summary: "Changes a channel; what is not named stays, the value none takes a setting away",
  operands: "ID",
  options: {
    ...channelOptions,
    active: { help: "the bot answers again" },
    "no-default": { help: "no longer the default of the shared addresses" },
    "no-sign-in": { help: "no longer signs people in" },
    "no-answer-crm": { help: "no longer makes contacts and deals for the provider" },
    resume: { help: "sends again after the provider refused the account" },
    "clear-secrets": { help: "only the provider-wide secrets count" },
  },
  schema,
  run: ({ json, ...flags }) =>
    withDatabase(async (database) => {
      const { config, models } = database;
      const before = await findChannel(models.channels, flags.operands[0]);
      const { set, unset } = readAll(flags, before);
      const sealed = await sealSecrets(flags, before, config.ENCRYPTION_KEY);
      refuseNothing({ ...set, ...sealed }, unset);
      await checkChannel(database, before, set);
      const told = await tellDelivery(config, before, { ...before, ...set, ...sealed });
      await models.channels.update(before._id, { ...set, ...sealed }, unset);
      const { tenantId, _id } = before;
      if (flags.resume === true)
        await models.alerts.endNamed({ tenantId, ...pauseAlert(_id) }, new Date());
      const after = await findChannel(models.channels, before._id);
      return print(json, describeChannel(after), [tellChannel(after), ...told].join("\n"));
    }),
});

const restarts =
  "The instance restarts: this takes up to 5 minutes; messages wait there, and sends here.";

/** A change of the delivery is one at the provider, too. */
async function tellDelivery(
  config: Config,
  before: Channel,
  after: Channel,
): Promise<readonly string[]> {
  const provider = findProvider(before.provider);
  if (provider?.device === undefined || !isSwitched(before, after)) return [];
  const changed = await withAccountOf(config, after, async ({ channel, call }) =>
    doneOf(await switchDelivery(config, provider, channel, call)),
  );
  return changed.length === 0 ? [] : [restarts];
}

function readAll(flags: z.infer<typeof schema>, { provider }: Channel) {
  refuseBoth(flags.active, flags.inactive, "--active and --inactive");
  refuseBoth(flags.default, flags.noDefault, "--default and --no-default");
  refuseBoth(flags.signIn, flags.noSignIn, "--sign-in and --no-sign-in");
  refuseBoth(flags.answerCrm, flags.noAnswerCrm, "--answer-crm and --no-answer-crm");
  refuseBoth(flags.secret !== undefined, flags.clearSecrets, "--secret and --clear-secrets");
  const { set, unset } = readChanges(flags satisfies ChannelSettings, provider);
  const also: (keyof Channel)[] = [];
  if (flags.noDefault === true) also.push("defaultOf");
  if (flags.noSignIn === true) also.push("signIn");
  if (flags.noAnswerCrm === true) also.push("answersCrm");
  if (flags.resume === true) also.push("paused");
  return {
    set: {
      ...set,
      ...(flags.active === true ? { active: true } : {}),
      ...(flags.clearSecrets === true ? { sealedSecrets: [] } : {}),
    },
    unset: [...unset, ...also],
  };
}

function refuseBoth(one: boolean | undefined, other: boolean | undefined, names: string): void {
  if (one === true && other === true) throw new UsageError(`${names}: give one of them`);
}

function refuseNothing(set: object, unset: readonly string[]): void {
  if (Object.keys(set).length + unset.length === 0)
    throw new UsageError("nothing to change: name a setting");
}
