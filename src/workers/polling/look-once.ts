import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { PollCall, PollSettings } from "#shared/providers/provider.ts";
import { accountOf } from "#workers/lanes/account.ts";
import type { Lease } from "#workers/polling/hold-lease.ts";
import type { Polled, PollPorts } from "#workers/polling/ports.ts";
import { buildFetched, takeIn } from "#workers/webhooks/take-in.ts";

/** How far the provider's list was read. */
export interface Progress {
  readonly round: number;
  readonly cursor: string | undefined;
}

/** What became of one look. */
export type Looked =
  | { readonly kind: "answered"; readonly progress: Progress; readonly hasMore: boolean }
  | {
      readonly kind: "failed";
      readonly reason: string;
      /** Present where a person has to do something. */
      readonly advice?: string;
      readonly retryAfterMs?: number;
    }
  /** Another worker fetches by now. */
  | { readonly kind: "lost" };

/** Fetch → journal → acknowledge → advance: whatever breaks in between, the body comes again. */
export async function lookOnce(
  ports: PollPorts,
  polled: Polled,
  lease: Lease,
  progress: Progress,
): Promise<Looked> {
  const { channel, poll } = polled;
  const call = callOf(ports, polled, lease, progress);
  const answer = await poll.receive(call);
  if (answer.kind === "refused") return { ...answer, kind: "failed" };
  if (answer.kind === "unreached") return { ...answer, kind: "failed" };
  const hasMore = answer.kind === "received" && answer.hasMore;
  const { cursor = progress.cursor } = answer;
  if (answer.kind === "nothing" && cursor === progress.cursor)
    return { kind: "answered", progress, hasMore };
  if (!lease.isHeld()) return { kind: "lost" };
  if (answer.kind === "received") {
    const name = String(progress.round).padStart(10, "0");
    const { raw } = answer;
    await takeIn(ports, buildFetched(ports, polled, { source: "poll", name, raw }));
    if (!lease.isHeld()) return { kind: "lost" };
    if (!(await acknowledge(polled, call, answer.receipt)))
      return { kind: "failed", reason: "the provider does not forget what it gave" };
  }
  if (!(await ports.polls.advance(channel._id, lease.poll.fence, cursor))) return { kind: "lost" };
  return { kind: "answered", progress: { round: progress.round + 1, cursor }, hasMore };
}

function callOf(
  ports: PollPorts,
  { channel }: Polled,
  lease: Lease,
  { cursor }: Progress,
): PollCall {
  return {
    http: ports.http,
    account: accountOf(ports, channel),
    signal: lease.signal,
    settings: settingsOf(channel),
    cursor,
    waitMs: ports.settings.waitMs,
    now: ports.now(),
  };
}

const settingsOf = ({ pollPaths, pollHeader, pollItems }: OpenChannel): PollSettings => ({
  paths: pollPaths,
  header: pollHeader,
  items: pollItems,
});

const acknowledge = async (
  { poll }: Polled,
  call: PollCall,
  receipt: string | undefined,
): Promise<boolean> =>
  receipt === undefined || poll.acknowledge === undefined || poll.acknowledge(call, receipt);
