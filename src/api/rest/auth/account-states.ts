import { LRUCache } from "lru-cache";
import { askProvider } from "#api/rest/channels/test-connection.ts";
import type { ApiDeps } from "#api/deps.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";

/** What providers say of accounts that people sign in by. */
export interface AccountStates {
  /** The provider's word (`authorized`); null where it has none or does not answer. */
  readonly of: (channel: OpenChannel) => Promise<string | null>;
}

/** Anybody may open the page: the provider is asked at most so often. */
const freshMs = 10_000;
const mostChannels = 1000;
const budgetMs = 5000;

export function createAccountStates(api: Pick<ApiDeps, "config" | "http">): AccountStates {
  const asked = new LRUCache<string, Promise<string | null>>({ max: mostChannels, ttl: freshMs });
  const ask = async (channel: OpenChannel): Promise<string | null> => {
    const checked = await askProvider(api, channel, budgetMs);
    return checked?.accountState ?? null;
  };
  return {
    of: (channel) => {
      const known = asked.get(channel._id);
      if (known !== undefined) return known;
      const asking = ask(channel);
      asked.set(channel._id, asking);
      return asking;
    },
  };
}
