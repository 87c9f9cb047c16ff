import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import { encryptionKeysOf } from "#shared/config/env.ts";
import { channelSecretsPurpose, openFor, sealFor } from "#shared/models/channel-secrets.ts";
import type { Channel } from "#shared/models/channels.ts";
import {
  connectionSecretsPurpose,
  openSecret,
  sealSecret,
  type Connection,
  type SealedSecret,
} from "#shared/models/connections.ts";
import { compact } from "#shared/providers/compact.ts";
import { createCipher, type Cipher } from "#shared/runtime/cipher.ts";

/** Repeatable: what ENCRYPTION_KEY sealed already stays as it is. */
export const keysReEncrypt = defineCommand({
  name: "keys re-encrypt",
  summary:
    "Seals every stored token and secret anew under ENCRYPTION_KEY; afterwards ENCRYPTION_KEYS_OLD can go",
  options: {},
  schema: z.object({}),
  run: async ({ json }) => {
    const told = await withDatabase(reEncrypt);
    if (told.failed.length === 0)
      return print(
        json,
        told,
        `${told.sealed} channels and connections sealed anew, ${told.kept} were already.`,
      );
    throw new CommandError(
      `no key of the settings opens these channels or connections: ${told.failed.join(", ")}\nAdd their key to ENCRYPTION_KEYS_OLD, or set their tokens and secrets anew. The others are sealed.`,
    );
  },
});

async function reEncrypt({ config, models }: Database) {
  const cipher = createCipher(encryptionKeysOf(config), channelSecretsPurpose);
  const told = { sealed: 0, kept: 0, failed: new Array<string>() };
  await reEncryptConnections({ config, models }, told);
  for (const channel of await models.channels.list()) {
    if (isCurrent(cipher, channel)) {
      told.kept += 1;
      continue;
    }
    const resealed = reseal(cipher, channel);
    // Somebody changed it meanwhile, and by that sealed it under the present key.
    if (resealed === undefined) told.failed.push(channel._id);
    else if (await models.channels.reseal(channel, resealed)) told.sealed += 1;
    else told.kept += 1;
  }
  return told;
}

interface Told {
  sealed: number;
  kept: number;
  readonly failed: string[];
}

async function reEncryptConnections(
  { config, models }: Pick<Database, "config" | "models">,
  told: Told,
): Promise<void> {
  const cipher = createCipher(encryptionKeysOf(config), connectionSecretsPurpose);
  for (const connection of await models.connections.listAll()) {
    if (connection.secrets.every(({ sealed }) => cipher.isCurrent(bytesOf(sealed)))) {
      told.kept += 1;
      continue;
    }
    const resealed = resealSecrets(cipher, connection);
    if (resealed === undefined) told.failed.push(connection._id);
    else if (await models.connections.reseal(connection, resealed)) told.sealed += 1;
    else told.kept += 1;
  }
}

function resealSecrets(
  cipher: Cipher,
  connection: Connection,
): readonly SealedSecret[] | undefined {
  try {
    return connection.secrets.map((secret) => ({
      ...secret,
      sealed: sealSecret(cipher, connection, openSecret(cipher, connection, secret.sealed)),
    }));
  } catch {
    return undefined;
  }
}

const bytesOf = (sealed: string): Buffer => Buffer.from(sealed, "base64url");

const isCurrent = (cipher: Cipher, { sealedToken, sealedSecrets }: Channel): boolean =>
  [...(sealedToken === undefined ? [] : [sealedToken]), ...sealedSecrets].every((sealed) =>
    cipher.isCurrent(bytesOf(sealed)),
  );

function reseal(cipher: Cipher, channel: Channel) {
  const again = (field: "token" | "secret", sealed: string): string =>
    sealFor(cipher, channel, field, openFor(cipher, channel, field, sealed));
  const { sealedToken, sealedSecrets } = channel;
  try {
    return {
      sealedSecrets: sealedSecrets.map((sealed) => again("secret", sealed)),
      ...compact({
        sealedToken: sealedToken === undefined ? undefined : again("token", sealedToken),
      }),
    };
  } catch {
    return undefined;
  }
}
