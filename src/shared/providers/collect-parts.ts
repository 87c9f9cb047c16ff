import type { PeekedPart } from "#shared/providers/provider.ts";

/** One thing seen while peeking: the conversation it belongs to, or none. */
export interface Glimpse {
  readonly account: string | undefined;
  readonly peer: string | undefined;
}

/** Glimpses to parts, one per account; a thing without a conversation counts as a receipt. */
export const collectParts = (glimpses: readonly Glimpse[]): readonly PeekedPart[] => {
  const parts = new Map<string | undefined, { peers: Set<string>; receipts: boolean }>();
  for (const { account, peer } of glimpses) {
    const part = parts.get(account) ?? { peers: new Set(), receipts: false };
    if (peer === undefined) part.receipts = true;
    else part.peers.add(peer);
    parts.set(account, part);
  }
  if (parts.size === 0) return [{ peers: [], receipts: true }];
  return Array.from(parts, ([account, { peers, receipts }]) => ({
    ...(account !== undefined && { account }),
    peers: [...peers],
    receipts,
  }));
};
