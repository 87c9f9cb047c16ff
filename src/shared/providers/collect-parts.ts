import type { PeekedPart } from "#shared/providers/provider.ts";

/** One thing seen while peeking: the conversation it belongs to, or none. */
export interface Glimpse {
  readonly account: string | undefined;
  readonly business?: string | undefined;
  readonly peer: string | undefined;
}

type Whose = Pick<Glimpse, "account" | "business">;

/** Glimpses to parts, one per account, or per business that names none; a thing without a conversation counts as a receipt. */
export const collectParts = (glimpses: readonly Glimpse[]): readonly PeekedPart[] => {
  const parts = new Map<string, Whose & { peers: Set<string>; receipts: boolean }>();
  for (const { account, business, peer } of glimpses) {
    const key = JSON.stringify([account, business]);
    const part = parts.get(key) ?? { account, business, peers: new Set(), receipts: false };
    if (peer === undefined) part.receipts = true;
    else part.peers.add(peer);
    parts.set(key, part);
  }
  if (parts.size === 0) return [{ peers: [], receipts: true }];
  return Array.from(parts.values(), ({ account, business, peers, receipts }) => ({
    ...(account !== undefined && { account }),
    ...(business !== undefined && { business }),
    peers: [...peers],
    receipts,
  }));
};
