import type { Alert, AlertName } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Polls } from "#shared/models/polls.ts";
import type { Webhooks } from "#shared/models/webhooks.ts";
import type { Http } from "#shared/providers/http.ts";
import type { Polling, Provider } from "#shared/providers/provider.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { WakePorts } from "#workers/webhooks/wake-for.ts";

/** Everything that polling touches. */
export interface PollPorts extends WakePorts {
  readonly now: () => number;
  readonly polls: Polls;
  readonly webhooks: Pick<Webhooks, "insert">;
  readonly listChannels: () => readonly OpenChannel[];
  readonly findChannel: (id: string) => Promise<OpenChannel | undefined>;
  readonly findProvider: (name: string) => Provider | undefined;
  readonly apiUrlOf: (provider: string) => string;
  readonly http: Http;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  readonly endAlert: (name: AlertName) => Promise<unknown>;
  readonly log: Log;
  readonly settings: PollTimes;
}

export interface PollTimes {
  readonly leaseMs: number;
  readonly waitMs: number;
  readonly sweepAfterMs: number;
  readonly keptMs: number;
}

/** A channel whose messages are fetched, and how. */
export interface Polled {
  readonly channel: OpenChannel;
  readonly provider: Provider;
  readonly poll: Polling;
}

/** Undefined where the channel's setting, or its provider, does not ask for it. */
export function polledOf(
  { findProvider }: Pick<PollPorts, "findProvider">,
  channel: OpenChannel | undefined,
): Polled | undefined {
  if (channel?.delivery !== "polling" || channel.deletedAt !== undefined) return undefined;
  const provider = findProvider(channel.provider);
  return provider?.poll === undefined ? undefined : { channel, provider, poll: provider.poll };
}
