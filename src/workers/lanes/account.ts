import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Claim } from "#shared/models/lane-items.ts";
import type { Account } from "#shared/providers/provider.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";

/** An address that a user set goes through the guarded client; the operator's own setting is trusted. */
export function accountOf(ports: Pick<LanePorts, "apiUrlOf">, channel: OpenChannel): Account {
  const own = ports.apiUrlOf(channel.provider);
  const apiUrl = channel.apiUrl ?? own;
  return {
    externalId: channel.externalId,
    apiUrl,
    token: channel.token,
    guarded: apiUrl !== own,
  };
}

/** What receipts carry back: which send, which attempt, and when it was claimed. */
export const callbackOf = (
  outgoingId: string,
  { attempt, claimedAt }: Pick<Claim, "attempt" | "claimedAt">,
): string => [outgoingId, attempt, claimedAt.getTime()].join("~");

export interface Callback {
  readonly outgoingId: string;
  readonly attempt: number;
  readonly claimedAt: Date;
}

/** Reads what `callbackOf` wrote; anything else is somebody else's. */
export function parseCallback(callback: string | undefined): Callback | undefined {
  const match = /^(.{1,200}\|\d{10})~(\d{1,6})~(\d{13})$/.exec(callback ?? "");
  const [, outgoingId, attempt, claimedAt] = match ?? [];
  if (outgoingId === undefined) return undefined;
  return { outgoingId, attempt: Number(attempt), claimedAt: new Date(Number(claimedAt)) };
}
