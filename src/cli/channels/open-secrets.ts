import { CommandError } from "#cli/failures.ts";
import { encryptionKeysOf, type Config } from "#shared/config/env.ts";
import { channelSecretsPurpose, openFor } from "#shared/models/channel-secrets.ts";
import type { Channel } from "#shared/models/channels.ts";
import { createCipher } from "#shared/runtime/cipher.ts";

/** A channel's token and secrets in clear, for a call to its provider. */
export function openSecrets(channel: Channel, config: Config) {
  const cipher = createCipher(encryptionKeysOf(config), channelSecretsPurpose);
  const { sealedToken, sealedSecrets } = channel;
  try {
    return {
      token: sealedToken === undefined ? "" : openFor(cipher, channel, "token", sealedToken),
      secrets: sealedSecrets.map((sealed) => openFor(cipher, channel, "secret", sealed)),
    };
  } catch (cause) {
    const why = "no key of the settings sealed this channel's token or secrets";
    throw new CommandError(`${why}: set the right ENCRYPTION_KEY, or set them anew`, { cause });
  }
}
