import type { EntryTimes } from "#shared/accept/build-entry.ts";
import type { Alert } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { ChannelMarks } from "#shared/models/channel-marks.ts";
import type { Webhooks } from "#shared/models/webhooks.ts";
import type { Http } from "#shared/providers/http.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import type { WakePorts } from "#workers/webhooks/wake-for.ts";

/** Everything that healing touches. */
export interface HealPorts extends WakePorts {
  readonly now: () => number;
  readonly marks: Pick<ChannelMarks, "listHealed" | "takeHealing" | "endHealing">;
  readonly webhooks: Pick<Webhooks, "insert" | "readOpen">;
  readonly readApplied: DrainPorts["readApplied"];
  readonly listChannels: () => readonly OpenChannel[];
  readonly findProvider: (name: string) => Provider | undefined;
  readonly apiUrlOf: (provider: string) => string;
  readonly http: Http;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  readonly count: (provider: string, messages: number) => void;
  readonly log: Log;
  readonly settings: HealTimes;
}

export interface HealTimes extends EntryTimes {
  readonly everyMs: number;
  /** Whoever is not heard of for so long has died in it. */
  readonly leaseMs: number;
  /** What is younger may still come by itself, and the provider's record is late, too. */
  readonly afterMs: number;
}

/** A channel whose provider can be asked what it has written down. */
export interface Healed {
  readonly channel: OpenChannel;
  readonly provider: Provider & Required<Pick<Provider, "history">>;
}

/** Undefined where there is nobody to ask, or nothing to ask with. */
export function healedOf(
  { findProvider }: Pick<HealPorts, "findProvider">,
  channel: OpenChannel,
): Healed | undefined {
  if (channel.deletedAt !== undefined || channel.token === "") return undefined;
  const provider = findProvider(channel.provider);
  if (provider?.history === undefined) return undefined;
  return { channel, provider: { ...provider, history: provider.history } };
}
