import { setTimeout as wait } from "node:timers/promises";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { backOffMs } from "#workers/polling/back-off.ts";
import type { Lease } from "#workers/polling/hold-lease.ts";
import { lookOnce, type Looked, type Progress } from "#workers/polling/look-once.ts";
import { polledOf, type Polled, type PollPorts } from "#workers/polling/ports.ts";

/** Fetches for one channel as long as its setting says so and the lease holds. */
export async function pollChannel(
  ports: PollPorts,
  channelId: string,
  lease: Lease,
): Promise<void> {
  let progress: Progress = { round: lease.poll.round, cursor: lease.poll.cursor };
  while (lease.isHeld()) {
    const channel = await ports.findChannel(channelId);
    const polled = polledOf(ports, channel);
    if (polled === undefined) return forgetFailures(ports, channel, lease);
    const looked = await lookSafely(ports, polled, lease, progress);
    if (looked.kind === "lost" || !lease.isHeld()) return;
    if (looked.kind === "answered") progress = looked.progress;
    await note(ports, polled.channel, lease, looked);
    await rest(ports, polled.channel, lease, pauseOf(polled, lease, looked));
  }
}

/** Whether messages can be fetched is of no interest any more. */
async function forgetFailures(
  ports: PollPorts,
  channel: OpenChannel | undefined,
  lease: Lease,
): Promise<void> {
  if (channel === undefined || lease.health.failures === 0) return;
  lease.health = { failures: 0 };
  await ports.endAlert({ tenantId: channel.tenantId, ...alertOf(channel._id) });
}

/** Whatever was not foreseen is a look that failed: the next one begins where this one began. */
async function lookSafely(
  ports: PollPorts,
  polled: Polled,
  lease: Lease,
  progress: Progress,
): Promise<Looked> {
  try {
    return await lookOnce(ports, polled, lease, progress);
  } catch (error) {
    if (!lease.isHeld()) return { kind: "lost" };
    ports.log.warn({ event: "poll.broke", channelId: polled.channel._id, err: error });
    return { kind: "failed", reason: "it broke on our side: the worker's log says how" };
  }
}

const failuresToAlert = 5;

async function note(
  ports: PollPorts,
  { _id, tenantId }: OpenChannel,
  lease: Lease,
  looked: Exclude<Looked, { kind: "lost" }>,
): Promise<void> {
  const now = new Date(ports.now());
  if (looked.kind === "answered") {
    if (lease.health.failures > 0) {
      ports.log.info({ event: "poll.recovered", channelId: _id });
      await ports.endAlert({ tenantId, ...alertOf(_id) });
    }
    lease.health = { failures: 0, answeredAt: now };
    return;
  }
  const { reason, advice } = looked;
  const { advice: _, failures, failingSince = now, ...before } = lease.health;
  lease.health = {
    ...before,
    failures: failures + 1,
    failingSince,
    reason,
    ...(advice === undefined ? {} : { advice }),
  };
  ports.log.warn({ event: "poll.failed", channelId: _id, failures: failures + 1, reason, advice });
  if (advice === undefined && failures + 1 < failuresToAlert) return;
  const text = [`Messages cannot be fetched: ${reason}.`, advice].filter(Boolean).join(" ");
  await ports.raiseAlert({ tenantId, channelId: _id, ...alertOf(_id), text });
}

const alertOf = (channelId: string) => ({ kind: "poll.failing", subject: channelId }) as const;

/** A question that the provider does not keep open is not asked over and over. */
const leastMs = 250;

function pauseOf({ channel, poll }: Polled, { health }: Lease, looked: Looked): number {
  if (looked.kind === "answered")
    return looked.hasMore ? 0 : Math.max(channel.pollEveryMs ?? poll.everyMs, leastMs);
  const retryAfterMs = looked.kind === "failed" ? (looked.retryAfterMs ?? 0) : 0;
  return Math.max(backOffMs(health.failures, Math.random()), retryAfterMs);
}

const glanceMs = 1000;

/** Ends early when the channel was changed: whoever mended it need not wait. */
async function rest(
  ports: PollPorts,
  channel: OpenChannel,
  { signal }: Lease,
  ms: number,
): Promise<void> {
  const until = ports.now() + ms;
  for (let left = ms; left > 0 && !signal.aborted; left = until - ports.now()) {
    const now = await ports.findChannel(channel._id);
    if (now?.updatedAt.getTime() !== channel.updatedAt.getTime()) return;
    await wait(Math.min(left, glanceMs), undefined, { signal }).catch(() => undefined);
  }
}
