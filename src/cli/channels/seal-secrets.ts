import { buffer } from "node:stream/consumers";
import type { ChannelSettings } from "#cli/channels/channel-flags.ts";
import { UsageError } from "#cli/failures.ts";
import { channelSecretsPurpose, sealFor } from "#shared/models/channel-secrets.ts";
import type { Channel } from "#shared/models/channels.ts";
import { compact } from "#shared/providers/compact.ts";
import { createCipher } from "#shared/runtime/cipher.ts";

type Owner = Pick<Channel, "_id" | "tenantId">;
type Given = Pick<ChannelSettings, "token" | "tokenStdin" | "secret">;

/** The token and secrets of the flags as the database keeps them; what was not given is absent. */
export async function sealSecrets(given: Given, owner: Owner, encryptionKey: string) {
  const cipher = createCipher(encryptionKey, channelSecretsPurpose);
  const token = await readToken(given);
  return compact({
    sealedToken: token === undefined ? undefined : sealFor(cipher, owner, "token", token),
    sealedSecrets: given.secret?.map((secret) => sealFor(cipher, owner, "secret", secret)),
  });
}

async function readToken({ token, tokenStdin }: Given): Promise<string | undefined> {
  if (tokenStdin !== true) return token;
  if (token !== undefined) throw new UsageError("--token and --token-stdin: give one of them");
  const read = (await buffer(process.stdin)).toString("utf8").trim();
  if (read === "") throw new UsageError("--token-stdin: nothing came on standard input");
  return read;
}
