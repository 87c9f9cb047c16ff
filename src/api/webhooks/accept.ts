import { within } from "#api/within.ts";
import { admit } from "#api/webhooks/admit.ts";
import type { Delivery } from "#api/webhooks/delivery.ts";
import { findChannels, type Place } from "#api/webhooks/find-channels.ts";
import type { KeepUnclaimed } from "#api/webhooks/keep-unclaimed.ts";
import type { Store } from "#api/webhooks/store.ts";
import type { NoteSeen } from "#api/webhooks/note-seen.ts";
import type { TellReceived } from "#api/webhooks/tell-received.ts";
import type { Verify } from "#api/webhooks/verify.ts";
import type { WakeUp } from "#api/webhooks/wake-up.ts";
import type { Background } from "#api/background.ts";
import {
  buildEntry,
  buildParked,
  type EntryTimes,
  type Target,
} from "#shared/accept/build-entry.ts";
import type { ChannelDirectory } from "#shared/models/channel-directory.ts";
import { look, type Looked } from "#shared/accept/look.ts";
import type { Provider } from "#shared/providers/provider.ts";

export interface AcceptDeps {
  readonly directory: ChannelDirectory;
  readonly lookUpMs: number;
  readonly times: EntryTimes;
  readonly verify: Verify;
  readonly store: Store;
  readonly wakeUp: WakeUp;
  readonly keepUnclaimed: KeepUnclaimed;
  readonly noteSeen: NoteSeen;
  readonly background: Background;
  readonly tell: TellReceived;
}

/** What became of a delivery; it rejects when nobody could be asked or nothing could keep it. */
export type Acceptance =
  | {
      readonly outcome: "refused";
      readonly status: 401 | 403;
      readonly channelIds: readonly string[];
    }
  | {
      readonly outcome: "stored" | "queued" | "parked";
      readonly channelIds: readonly string[];
      /** What the provider asked for, to be sent back in the place of the usual answer. */
      readonly entity?: object;
    }
  | { readonly outcome: "unclaimed"; readonly channelIds: readonly [] }
  /** The provider's documents refuse such a body. */
  | {
      readonly outcome: "invalid";
      readonly channelIds: readonly string[];
      readonly faults: Readonly<Record<string, string>>;
    };

/** Find the channels, check where it comes from and what it proves, store, wake. */
export async function accept(
  deps: AcceptDeps,
  provider: Provider,
  place: Place,
  delivery: Delivery,
): Promise<Acceptance> {
  const looked = look(provider, delivery.raw, delivery.headers);
  const asked = await ask(deps, provider, place, delivery, looked);
  const admission = admit(deps.verify, asked);
  if ("refused" in admission)
    return {
      outcome: "refused",
      status: admission.refused,
      channelIds: channelIdsOf(asked.found.targets),
    };
  const { parked, body } = looked;
  const faults = provider.findFaults?.(body);
  if (faults !== undefined)
    return { outcome: "invalid", channelIds: channelIdsOf(asked.found.targets), faults };
  if (admission.hasStrangers)
    deps.background.run("unclaimed", () => deps.keepUnclaimed(delivery, provider.name, parked));
  const targets = admission.targets.filter(isAddressed);
  const kept = await keep(deps, provider, delivery, targets, parked);
  deps.noteSeen(targets);
  if (kept.outcome === "unclaimed") return kept;
  deps.tell(provider, delivery, looked);
  return { ...kept, ...entityFor(provider, targets, body) };
}

/** Only a channel that is set so makes contacts and deals for the provider. */
function entityFor(
  provider: Provider,
  targets: readonly Target[],
  body: unknown,
): { readonly entity?: object } {
  const answering = targets.find(({ channel }) => channel.answersCrm === true);
  const entity = answering && provider.buildEntity?.(body, answering.channel._id);
  return entity === undefined ? {} : { entity };
}

async function ask(
  { directory, verify, lookUpMs }: AcceptDeps,
  provider: Provider,
  place: Place,
  delivery: Delivery,
  { parts }: Looked,
) {
  const isProven = (): boolean => verify.provesWide(provider, delivery);
  return within("the channels' lookup", lookUpMs, async () => {
    const found = await findChannels(directory, place, parts, isProven);
    const fallback =
      found.targets.length === 0 ? await directory.defaultOf(provider.name) : undefined;
    return { provider, place, delivery, found, fallback };
  });
}

/** The owner of an address whose body speaks only of others has nothing to keep. */
const isAddressed = ({ peers, receipts }: Target): boolean => receipts || peers.length > 0;

type Kept = Extract<Acceptance, { outcome: "stored" | "queued" | "parked" | "unclaimed" }>;

async function keep(
  deps: AcceptDeps,
  provider: Provider,
  delivery: Delivery,
  targets: readonly Target[],
  parked: string | undefined,
): Promise<Kept> {
  if (targets.length === 0) return { outcome: "unclaimed", channelIds: [] };
  const ways = await Promise.all(
    targets.map(async (target, place) => {
      const entry =
        parked === undefined
          ? buildEntry(delivery, target, deps.times, place)
          : buildParked(delivery, target, deps.times, place, parked);
      const way = await deps.store(entry);
      if (way === "journal") deps.wakeUp(entry, target.channel, provider);
      return way;
    }),
  );
  const channelIds = channelIdsOf(targets);
  if (parked !== undefined) return { outcome: "parked", channelIds };
  return { outcome: ways.includes("queue") ? "queued" : "stored", channelIds };
}

const channelIdsOf = (targets: readonly Target[]): readonly string[] =>
  targets.map(({ channel }) => channel._id);
