import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { providerRefId } from "#shared/models/provider-refs.ts";
import type { Receipt } from "#workers/statuses/apply-receipt.ts";
import type { StatusPorts } from "#workers/statuses/handle-statuses.ts";

/**
 * Whose send a receipt speaks of: where it names no channel, the one of the account's that has its id. A receipt
 * that is there before its send was recorded counts for the channel that it came to.
 */
export async function findSender(
  ports: Pick<StatusPorts, "siblingsOf" | "providerRefs">,
  { event, channel, provider }: Receipt,
): Promise<OpenChannel> {
  const { messageId } = event;
  const siblings = provider.isAccountWide === true ? ports.siblingsOf(channel) : [];
  if (messageId === undefined || siblings.length === 0) return channel;
  for (const each of [channel, ...siblings]) {
    const ref = await ports.providerRefs.read(providerRefId(each._id, messageId));
    if (ref?.outgoingId !== undefined) return each;
  }
  return channel;
}
