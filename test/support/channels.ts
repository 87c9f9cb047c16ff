import { channelSecretsPurpose, sealFor } from "../../src/shared/models/channel-secrets.ts";
import type { Channel, Channels } from "../../src/shared/models/channels.ts";
import { newChannel } from "../../src/shared/models/new-channel.ts";
import { createCipher } from "../../src/shared/runtime/cipher.ts";

export const encryptionKey = "a key of the tests, 32 characters";

type Given = Partial<Omit<Channel, "sealedSecrets" | "sealedToken">> & {
  readonly _id: string;
  readonly secrets?: readonly string[];
  readonly token?: string;
};

/** A Green API channel that accepts from this machine, but for what is given. */
function buildChannel({ secrets = [], token, ...given }: Given): Channel {
  const channel = newChannel({
    tenantId: "tenant",
    provider: "green-api",
    name: given._id,
    key: given._id,
    externalId: given._id,
    ...given,
  });
  const cipher = createCipher(encryptionKey, channelSecretsPurpose);
  return {
    ...channel,
    sealedSecrets: secrets.map((secret) => sealFor(cipher, channel, "secret", secret)),
    ...(token === undefined ? {} : { sealedToken: sealFor(cipher, channel, "token", token) }),
  };
}

/** Puts the channel into the database. */
export async function addChannel(channels: Channels, given: Given): Promise<Channel> {
  const channel = buildChannel(given);
  await channels.create(channel);
  return channel;
}
