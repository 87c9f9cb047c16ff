import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Poll, PollHealth } from "#shared/models/polls.ts";
import type { PollPorts } from "#workers/polling/ports.ts";

type LeasePorts = Pick<PollPorts, "now" | "polls" | "log" | "settings">;

/** The right to fetch for one channel; it ends by itself when nobody can renew it. */
export interface Lease {
  /** As it was taken. */
  readonly poll: Poll;
  /** Told with each renewal. */
  health: PollHealth;
  /** Aborts when the lease is over. */
  readonly signal: AbortSignal;
  /** Asked right before each effect: a pause until here may have outlived the lease. */
  readonly isHeld: () => boolean;
  readonly release: () => Promise<void>;
}

/** Takes the lease and keeps it until `stopping`; undefined while another worker has it. */
export async function holdLease(
  ports: LeasePorts,
  { tenantId, _id }: Pick<OpenChannel, "tenantId" | "_id">,
  stopping: AbortSignal,
): Promise<Lease | undefined> {
  const { now, polls, log, settings } = ports;
  const endOf = (): number => now() + settings.leaseMs;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, stopping]);
  const takenAt = new Date(now());
  let until = endOf();
  const poll = await polls.take(tenantId, _id, takenAt, new Date(until));
  if (poll === null) return undefined;
  const isHeld = (): boolean => !signal.aborted && now() < until;
  const renew = async (): Promise<void> => {
    const next = endOf();
    const isOurs = await polls.renew(_id, poll.fence, new Date(next), lease.health);
    if (isOurs && isHeld()) until = next;
    else over.abort();
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => {
      log.debug({ event: "poll.unrenewed", channelId: _id, err: error });
      if (!isHeld()) over.abort();
    });
  }, settings.leaseMs / renewalsPerLease);
  const lease: Lease = {
    poll,
    health: poll.health,
    signal,
    isHeld,
    release: async () => {
      clearInterval(timer);
      over.abort();
      await polls.release(_id, poll.fence, lease.health);
    },
  };
  return lease;
}

const renewalsPerLease = 3;
