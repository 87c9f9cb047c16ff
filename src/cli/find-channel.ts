import { CommandError } from "#cli/failures.ts";
import type { Channel, Channels } from "#shared/models/channels.ts";

/** The channel of that id, or a message that says where ids are found. */
export async function findChannel(channels: Channels, id: string): Promise<Channel> {
  const channel = await channels.find(id);
  if (channel !== null) return channel;
  throw new CommandError(`there is no channel ${id}: "channel list" shows the ids`);
}
