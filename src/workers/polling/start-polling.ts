import { setTimeout as wait } from "node:timers/promises";
import { holdLease } from "#workers/polling/hold-lease.ts";
import { pollChannel } from "#workers/polling/poll-channel.ts";
import { polledOf, type PollPorts } from "#workers/polling/ports.ts";

const everyMs = 1000;
/** What is left over is another worker's, or the next look's. */
const mostAtOnce = 20;

/**
 * Fetches in this process for the polled channels that no other worker fetches for. `stop` waits for
 * what is under way and lets the others take over at once.
 */
export function startPolling(ports: PollPorts): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const here = new Map<string, Promise<void>>();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await takeFree(ports, here, stopping.signal).catch((error: unknown) =>
        ports.log.warn({ event: "poll.unasked", err: error }),
      );
      const pauseMs = everyMs * (0.75 + Math.random() / 2);
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await Promise.all(here.values());
    },
  };
}

async function takeFree(
  ports: PollPorts,
  here: Map<string, Promise<void>>,
  stopping: AbortSignal,
): Promise<void> {
  const wanted = ports
    .listChannels()
    .filter((channel) => !here.has(channel._id) && polledOf(ports, channel) !== undefined)
    .map(({ _id }) => _id);
  if (wanted.length === 0) return;
  const held = await ports.polls.listHeld(wanted, new Date(ports.now()));
  for (const id of wanted.filter((each) => !held.has(each)).slice(0, mostAtOnce)) {
    const fetching = fetchFor(ports, id, stopping).catch((error: unknown) =>
      ports.log.warn({ event: "poll.ended", channelId: id, err: error }),
    );
    here.set(id, fetching);
    void fetching.finally(() => here.delete(id));
  }
}

async function fetchFor(ports: PollPorts, id: string, stopping: AbortSignal): Promise<void> {
  const channel = await ports.findChannel(id);
  if (channel === undefined) return;
  const lease = await holdLease(ports, channel, stopping);
  if (lease === undefined) return;
  const words = ports.findProvider(channel.provider)?.words;
  ports.log.info({ event: "poll.started", channelId: id, fence: lease.poll.fence }, words?.polling);
  try {
    await pollChannel(ports, id, lease);
  } finally {
    await lease.release();
    ports.log.info({ event: "poll.stopped", channelId: id });
  }
}
