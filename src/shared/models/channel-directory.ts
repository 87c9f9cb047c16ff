import { channelSecretsPurpose, openFor } from "#shared/models/channel-secrets.ts";
import type { Channel, Channels } from "#shared/models/channels.ts";
import { keepFresh } from "#shared/models/keep-fresh.ts";
import { createCipher, type Secrets } from "#shared/runtime/cipher.ts";
import type { Log } from "#shared/runtime/log.ts";

/** A channel with its secrets opened: lives in memory only, never in a log or a job. */
export interface OpenChannel extends Omit<Channel, "sealedToken" | "sealedSecrets"> {
  readonly token: string;
  readonly secrets: readonly string[];
}

export type ChannelDirectory = ReturnType<typeof createChannelDirectory>;

export interface DirectoryDeps {
  readonly channels: Channels;
  readonly encryptionKey: Secrets;
  readonly log: Log;
}

/**
 * All channels, held in memory and refreshed every second. A lookup of one that is not there asks
 * MongoDB, and rejects while MongoDB is away: that is no reason to call a channel unknown.
 */
export function createChannelDirectory({ channels, encryptionKey, log }: DirectoryDeps) {
  const cipher = createCipher(encryptionKey, channelSecretsPurpose);
  const byId = new Map<string, OpenChannel>();

  const keep = (channel: Channel): OpenChannel => {
    const opened = openChannel(channel, cipher, log);
    byId.set(channel._id, opened);
    return opened;
  };
  const { listChangedSince } = channels;
  const keepAll = (changed: readonly Channel[]): void => {
    for (const channel of changed) keep(channel);
  };
  const lookUp = async (
    isIt: (channel: OpenChannel) => boolean,
    ask: () => Promise<Channel | null>,
  ): Promise<OpenChannel | undefined> => {
    const known = byId.values().find(isIt);
    if (known !== undefined) return known;
    const found = await ask();
    return found === null ? undefined : keep(found);
  };
  return {
    byId: (id: string) => {
      const known = byId.get(id);
      return known === undefined
        ? lookUp(
            () => false,
            () => channels.find(id),
          )
        : Promise.resolve(known);
    },
    byKey: (provider: string, key: string) =>
      lookUp(
        (channel) => channel.provider === provider && channel.key === key,
        () => channels.findByKey(provider, key),
      ),
    byAccount: (provider: string, externalId: string) =>
      lookUp(
        (channel) => channel.provider === provider && channel.externalId === externalId,
        () => channels.findByAccount(provider, externalId),
      ),
    /** All channels of a business; where none is in memory, MongoDB is asked. */
    byBusiness: async (provider: string, wabaId: string): Promise<readonly OpenChannel[]> => {
      const known = [...byId.values()].filter(
        (channel) => channel.provider === provider && channel.wabaId === wabaId,
      );
      if (known.length > 0) return known;
      return (await channels.listByBusiness(provider, wabaId)).map(keep);
    },
    defaultOf: (provider: string) =>
      lookUp(
        (channel) => channel.defaultOf === provider,
        () => channels.findDefault(provider),
      ),
    /** The tenant's other channels at the same provider, as far as they are in memory. */
    siblingsOf: ({ _id, tenantId, provider }: OpenChannel): readonly OpenChannel[] =>
      [...byId.values()].filter(
        (channel) =>
          channel._id !== _id && channel.tenantId === tenantId && channel.provider === provider,
      ),
    /** What is in memory: all that there was a second ago. */
    list: (): readonly OpenChannel[] => [...byId.values()],
    ...keepFresh({ listChangedSince, keep: keepAll, staleEvent: "channels.stale", log }),
  };
}

/** A channel whose secrets cannot be opened stays known, but can prove and send nothing. */
function openChannel(
  channel: Channel,
  cipher: ReturnType<typeof createCipher>,
  log: Log,
): OpenChannel {
  const { sealedToken, sealedSecrets, ...rest } = channel;
  try {
    const token = sealedToken === undefined ? "" : openFor(cipher, channel, "token", sealedToken);
    const secrets = sealedSecrets.map((sealed) => openFor(cipher, channel, "secret", sealed));
    return { ...rest, token, secrets };
  } catch (error) {
    log.error({
      event: "channel.sealed",
      channelId: channel._id,
      advice:
        "no key of the settings sealed this channel: add the old one to ENCRYPTION_KEYS_OLD, or set the tokens anew",
      err: error,
    });
    return { ...rest, token: "", secrets: [] };
  }
}
