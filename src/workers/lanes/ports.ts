import type { Command } from "#shared/domain/command.ts";
import type { OwnEvent } from "#shared/domain/own-event.ts";
import type { Alert, AlertName } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Provider, SendCall } from "#shared/providers/provider.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { Prepared } from "#workers/media/prepare-file.ts";

type OutgoingQueries = Models["outgoing"];
type RefQueries = Models["providerRefs"];

/** Everything that a lane touches, so that a simulation can run the real code. */
export interface LanePorts {
  readonly now: () => number;
  readonly newId: () => string;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  readonly outgoing: Pick<
    OutgoingQueries,
    | "readOpen"
    | "read"
    | "claim"
    | "settleSent"
    | "settleNegative"
    | "requeue"
    | "markUnknown"
    | "hold"
    | "pushSweep"
    | "raiseRank"
    | "failByReceipt"
    | "hasNewer"
    | "readRecent"
  >;
  readonly providerRefs: Pick<
    RefQueries,
    "read" | "recordSend" | "recordRank" | "recordFailure" | "findByOutgoing"
  >;
  readonly findChannel: (id: string) => Promise<OpenChannel | undefined>;
  readonly findProvider: (name: string) => Provider | undefined;
  /** The provider-wide address, where the channel has none of its own. */
  readonly apiUrlOf: (provider: string) => string;
  readonly http: SendCall["http"];
  readonly pace: Pace;
  readonly pauseChannel: (channel: OpenChannel, code: string, reason: string) => Promise<unknown>;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  readonly endAlert: (name: AlertName) => Promise<unknown>;
  /** Files of ours become what the provider takes. */
  readonly prepareFile: (
    channel: OpenChannel,
    provider: Provider,
    command: Command,
  ) => Promise<Prepared>;
  /** Puts our own act into the journal and wakes its conversation; a repeated key is the same act. */
  readonly journalOwn: (channel: OpenChannel, key: string, event: OwnEvent) => Promise<unknown>;
  /** Lets the conversation know that a send was taken, where an outside system wants to hear of it. */
  readonly tellSent: (channelId: string, outgoingId: string) => Promise<unknown>;
  /** Whether silence of receipts since a moment means anything: see `silence.ts`. */
  readonly receiptsFlowed: (channel: OpenChannel, since: Date) => Promise<boolean>;
  readonly lastInboundAt: (conversationId: string) => Promise<Date | undefined>;
  readonly wake: Wake;
  readonly count: (provider: string, outcome: string) => void;
  readonly log: Log;
  readonly settings: LaneSettings;
}

export interface LaneSettings {
  readonly claimMs: number;
  readonly marginMs: number;
  readonly sendTimeoutMs: number;
  readonly reconcileEveryMs: number;
  readonly unknownHoldsMs: number;
  readonly receiptSilenceMs: number;
  /** In the place of the provider's own `absentAfterMs`. */
  readonly absentAfterMs?: number;
}

/** How long to wait before the next send may leave; 0 takes the place at once. */
export interface Pace {
  readonly take: (
    channel: OpenChannel,
    provider: Provider,
    /** Absent for what counts for no pair. */
    peer: string | undefined,
  ) => Promise<number>;
  /** The provider asked to wait: the channel, or one pair. */
  readonly block: (
    channel: OpenChannel,
    provider: Provider,
    peer: string | undefined,
    ms: number,
  ) => Promise<void>;
}
