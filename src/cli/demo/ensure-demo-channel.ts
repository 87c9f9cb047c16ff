import { buildDemoChannel, type DemoAccount } from "#cli/demo/demo-channels.ts";
import { channelSecretsPurpose, openFor, sealFor } from "#shared/models/channel-secrets.ts";
import type { Channel, Channels } from "#shared/models/channels.ts";
import { createCipher, type Cipher } from "#shared/runtime/cipher.ts";

interface Wanted {
  readonly account: DemoAccount;
  readonly botId: string;
  readonly encryptionKey: string;
}

/**
 * Creates the channel once and leaves it as people changed it. Only a token that the present
 * ENCRYPTION_KEY cannot open is sealed anew: the simulators take no other.
 */
export async function ensureDemoChannel(channels: Channels, wanted: Wanted): Promise<void> {
  const { account, botId } = wanted;
  const cipher = createCipher(wanted.encryptionKey, channelSecretsPurpose);
  const built = buildDemoChannel(account, botId);
  const sealedToken = sealFor(cipher, built, "token", account.token);
  const existing = await channels.find(account.id);
  if (existing === null) {
    const isTaken = (await channels.findDefault(account.provider)) !== null;
    const defaultOf = isTaken ? {} : { defaultOf: account.provider };
    await channels.create({ ...built, ...defaultOf, sealedToken });
  } else if (!canOpen(cipher, existing)) await channels.update(account.id, { sealedToken });
}

function canOpen(cipher: Cipher, channel: Channel): boolean {
  try {
    openFor(cipher, channel, "token", channel.sealedToken ?? "");
    return true;
  } catch {
    return false;
  }
}
