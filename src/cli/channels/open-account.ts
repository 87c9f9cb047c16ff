import { openSecrets } from "#cli/channels/open-secrets.ts";
import { CommandError } from "#cli/failures.ts";
import { findChannel } from "#cli/find-channel.ts";
import type { Database } from "#cli/with-database.ts";
import { accountOf } from "#shared/config/api-url.ts";
import type { Config } from "#shared/config/env.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Channel } from "#shared/models/channels.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { DeviceCall } from "#shared/providers/provider.ts";

/** A channel with its secrets, and what a call to its provider needs. */
export interface OpenAccount {
  readonly channel: OpenChannel;
  readonly call: DeviceCall;
}

/** Gives the channel's account to `use`; nothing of it is printed. */
export async function withAccount<Result>(
  { config, models }: Database,
  id: string,
  use: (opened: OpenAccount) => Promise<Result>,
): Promise<Result> {
  return withAccountOf(config, await findChannel(models.channels, id), use);
}

/** The same for a channel as it is about to be. */
export async function withAccountOf<Result>(
  config: Config,
  stored: Channel,
  use: (opened: OpenAccount) => Promise<Result>,
): Promise<Result> {
  const id = stored._id;
  const channel = { ...stored, ...openSecrets(stored, config) };
  if (channel.token === "")
    throw new CommandError(`channel ${id} has no token: "channel set ${id} --token-stdin"`);
  const http = createHttp({ timeoutMs: config.SEND_TIMEOUT_MS });
  try {
    const signal = AbortSignal.timeout(config.SEND_TIMEOUT_MS);
    return await use({ channel, call: { http, account: accountOf(channel, config), signal } });
  } finally {
    await http.close();
  }
}
