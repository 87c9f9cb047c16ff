import type { OpenChannel } from "#shared/models/channel-directory.ts";
import * as registered from "#shared/providers/registered.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Log } from "#shared/runtime/log.ts";

/** Says the documented words for each provider that has them and a channel. */
export function tellReady(log: Log, channels: readonly OpenChannel[]): void {
  const used = new Set(
    channels.filter(({ deletedAt }) => deletedAt === undefined).map(({ provider }) => provider),
  );
  const providers: readonly Provider[] = Object.values(registered);
  for (const { name, words } of providers)
    if (words?.ready !== undefined && used.has(name))
      log.info({ event: "provider.ready", provider: name }, words.ready);
}
