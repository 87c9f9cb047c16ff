import type { ChannelMark } from "#shared/models/channel-marks.ts";
import { accountOf } from "#workers/lanes/account.ts";
import { findMissing, type Recorded } from "#workers/healing/find-missing.ts";
import type { Healed, HealPorts } from "#workers/healing/ports.ts";
import { takeIn } from "#workers/webhooks/take-in.ts";

const retryMs = 60_000;

/**
 * Compares what the provider has written down since the last time with what was seen here, and takes
 * in what is missing. One worker at a time; one that was frozen in it finds what it takes in there already.
 */
export async function healChannel(
  ports: HealPorts,
  healed: Healed,
  signal: AbortSignal,
): Promise<void> {
  const { marks, settings } = ports;
  const now = ports.now();
  const until = new Date(now + settings.leaseMs);
  const mark = await marks.takeHealing(healed.channel._id, new Date(now), until);
  if (mark === null) return;
  const healedTo = await heal(ports, healed, { mark, now, signal });
  const pauseMs = healedTo === undefined ? Math.min(settings.everyMs, retryMs) : settings.everyMs;
  await marks.endHealing(mark, {
    healAt: new Date(now + pauseMs),
    ...(healedTo === undefined ? {} : { healedTo: new Date(healedTo) }),
  });
}

interface Look {
  readonly mark: ChannelMark;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Of providers' clocks, and of the whole seconds that they count. */
const slackMs = 60_000;
/** What Green API keeps at least: https://green-api.com/en/docs/api/journals/LastIncomingMessages/ */
const longestMs = 86_400_000;

/** Answers until when all is seen now; undefined where the provider did not tell. */
async function heal(
  ports: HealPorts,
  healed: Healed,
  { mark: { healedTo }, now, signal }: Look,
): Promise<number | undefined> {
  // What was written before the first look is no gap: nobody was here to see it.
  if (healedTo === undefined) return now;
  const { channel, provider } = healed;
  const { http, log } = ports;
  const since = Math.max(healedTo.getTime() - slackMs, now - longestMs);
  const account = accountOf(ports, channel);
  const answer = await provider.history({ http, account, signal, since, now });
  if (answer.state !== "ok") {
    const { reason } = answer;
    log.warn({ event: "heal.failed", channelId: channel._id, reason });
    return undefined;
  }
  const upTo = now - ports.settings.afterMs;
  const { missing, undecided } = await findMissing(ports, healed, answer.done, { since, upTo });
  await takeInAll(ports, healed, missing);
  return Math.max(healedTo.getTime(), Math.min(upTo, ...undecided.map(({ sentAt }) => sentAt)));
}

async function takeInAll(
  ports: HealPorts,
  { channel: { _id, tenantId }, provider }: Healed,
  missing: readonly Recorded[],
): Promise<void> {
  const taken: Recorded[] = [];
  for (const each of missing) if ((await takeIn(ports, each.entry)) === "created") taken.push(each);
  const [oldest] = taken;
  if (oldest === undefined) return;
  ports.count(provider.name, taken.length);
  const writtenAt = new Date(oldest.sentAt).toISOString();
  ports.log.warn({ event: "channel.gap", channelId: _id, messages: taken.length, writtenAt });
  const messages = taken.length === 1 ? "1 message" : `${taken.length} messages`;
  const text = `${messages} had not arrived and were found in ${provider.name}'s own record, the oldest of ${writtenAt}. See whether webhooks reach us: doctor ${_id}.`;
  await ports.raiseAlert({ tenantId, channelId: _id, kind: "channel.gap", subject: _id, text });
}
