import type { ChannelDirectory, OpenChannel } from "#shared/models/channel-directory.ts";
import type { Target } from "#shared/accept/build-entry.ts";
import type { PeekedPart } from "#shared/providers/provider.ts";

/** Where a body was posted: a channel's own address, or one that serves all of a provider's. */
export interface Place {
  readonly provider: string;
  readonly channelKey?: string;
  /** A channel's own address serves the tenant's other channels, too, each by its own secret. */
  readonly isAccountWide?: true;
}

export interface Found {
  readonly targets: readonly Target[];
  /** The body also speaks of accounts that have no channel here. */
  readonly hasStrangers: boolean;
}

/** Each unknown account costs a question to MongoDB; who proved nothing may not ask many. */
const mostUnproven = 20;
/** Meta packs no more updates than that into one body. */
const mostProven = 1000;
const askedAtOnce = 20;

/** Parts to channels. Rejects when a channel is not in memory and MongoDB cannot be asked. */
export async function findChannels(
  directory: ChannelDirectory,
  place: Place,
  parts: readonly PeekedPart[],
  isProven: () => boolean,
): Promise<Found> {
  const isMany = parts.length > mostUnproven;
  const asked = isMany ? parts.slice(0, isProven() ? mostProven : mostUnproven) : parts;
  const targets = new Map<string, Target>();
  let hasStrangers = asked.length < parts.length;
  const owner = await findOwner(directory, place);
  if (owner !== undefined) targets.set(owner._id, { channel: owner, peers: [], receipts: false });
  for (let from = 0; from < asked.length; from += askedAtOnce) {
    const some = asked.slice(from, from + askedAtOnce);
    const found = await Promise.all(
      some.map(async (part) => ({
        part,
        channels: await findAll(directory, place, owner, part),
      })),
    );
    for (const { part, channels } of found) {
      if (channels.length === 0) hasStrangers = true;
      for (const channel of channels)
        targets.set(channel._id, join(targets.get(channel._id), channel, part));
    }
  }
  return { targets: [...targets.values()], hasStrangers };
}

const findOwner = async (directory: ChannelDirectory, { provider, channelKey }: Place) =>
  channelKey === undefined ? undefined : directory.byKey(provider, channelKey);

/** What speaks of a business is for all its channels; of an unknown one, for the default if that names none. */
async function findAll(
  directory: ChannelDirectory,
  place: Place,
  owner: OpenChannel | undefined,
  { account, business }: PeekedPart,
): Promise<readonly OpenChannel[]> {
  if (place.channelKey === undefined && account === undefined && business !== undefined) {
    const owned = await directory.byBusiness(place.provider, business);
    if (owned.length > 0) return owned;
  }
  const one = await findChannel(directory, place, owner, account);
  if (one === undefined || !isOf(one, business)) return [];
  return [one];
}

const isOf = ({ wabaId }: OpenChannel, business: string | undefined): boolean =>
  business === undefined || wabaId === undefined || wabaId === business;

/** On a channel's own address, what names another account is given to no stranger. */
async function findChannel(
  directory: ChannelDirectory,
  { provider, channelKey, isAccountWide }: Place,
  owner: OpenChannel | undefined,
  account: string | undefined,
): Promise<OpenChannel | undefined> {
  if (channelKey !== undefined) {
    if (account === undefined || account === owner?.externalId) return owner;
    if (isAccountWide === undefined || owner === undefined) return undefined;
    const sibling = await directory.byAccount(provider, account);
    return sibling?.tenantId === owner.tenantId ? sibling : undefined;
  }
  return account === undefined
    ? directory.defaultOf(provider)
    : directory.byAccount(provider, account);
}

const join = (target: Target | undefined, channel: OpenChannel, part: PeekedPart): Target => ({
  channel,
  peers: [...new Set([...(target?.peers ?? []), ...part.peers])],
  receipts: (target?.receipts ?? false) || part.receipts || part.peers.length === 0,
});
