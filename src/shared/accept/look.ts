import { parseFor } from "#shared/providers/parse-for.ts";
import type { Headers, PeekedPart, Provider } from "#shared/providers/provider.ts";

/** Whom a body concerns; `parked`: why nobody will read more of it than that. */
export interface Looked {
  /** As it was parsed; undefined where it could not be. */
  readonly body: unknown;
  readonly parts: readonly PeekedPart[];
  readonly parked: string | undefined;
}

/** Meta packs no more updates than that into one body; each costs a job that reads the whole body. */
const mostConversations = 1000;

/** What names no account and no conversation belongs to the address's channel as a whole. */
const whole: readonly PeekedPart[] = [{ peers: [], receipts: true }];

/** A first, quick look at the bytes. */
export function look(provider: Provider, raw: Buffer, headers: Headers): Looked {
  const parsed = parseFor(provider, raw, headers);
  if ("parked" in parsed) return { body: undefined, parts: whole, parked: parsed.parked };
  const parts = provider.peek(parsed.body, headers);
  const conversations = parts.reduce((sum, { peers }) => sum + peers.length, 0);
  return {
    body: parsed.body,
    parts: parts.length > 0 ? parts : whole,
    parked:
      conversations > mostConversations
        ? `the body speaks of more than ${mostConversations} conversations`
        : undefined,
  };
}
