import { ulid } from "ulid";
import { invalid, notFound, Problem } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import { encryptionKeysOf } from "#shared/config/env.ts";
import { mintWebhookSecret } from "#shared/crm/webhook/sign.ts";
import type { CrmEventType } from "#shared/domain/crm.ts";
import {
  connectionSecretsPurpose,
  sealSecret,
  type Connection,
} from "#shared/models/connections.ts";
import { findFault } from "#shared/providers/guard.ts";
import { createCipher } from "#shared/runtime/cipher.ts";

/** Each is told of every turn: more would make turns slow. */
const mostConnections = 10;

/** How long a receiver has to learn of its new secret. */
const rotationMs = 24 * 3_600_000;

interface Given {
  readonly name: string;
  readonly url: string;
  readonly events: readonly CrmEventType[];
}

/** With the secret that is shown this once. */
export interface WithSecret {
  readonly connection: Connection;
  readonly secret: string;
}

export async function findConnection(
  { api, identity }: Call<unknown>,
  id: string,
): Promise<Connection> {
  const connection = await api.models.connections.findOf(identity.tenantId, id);
  if (connection === null) throw notFound("connection");
  return connection;
}

export async function createConnection(call: Call<unknown>, given: Given): Promise<WithSecret> {
  const { api, identity } = call;
  checkUrl(call, given.url);
  await checkRoom(call);
  const owner = { _id: ulid().toLowerCase(), tenantId: identity.tenantId };
  const secret = mintWebhookSecret();
  const now = new Date();
  await api.models.connections.create({
    ...owner,
    schemaVersion: 1,
    connector: "webhook",
    ...given,
    secrets: [{ sealed: seal(call, owner, secret) }],
    active: true,
    createdAt: now,
    updatedAt: now,
  });
  return { connection: await findConnection(call, owner._id), secret };
}

/** Before one more is on. */
export async function checkRoom({ api, identity }: Call<unknown>): Promise<void> {
  const known = await api.models.connections.listOf(identity.tenantId);
  if (known.filter(({ active }) => active).length >= mostConnections)
    throw new Problem(409, `At most ${mostConnections} connections are on: switch one off first`);
}

/** The old secret stays valid beside the new one for a day. */
export async function rotateSecret(call: Call<unknown>, id: string): Promise<WithSecret> {
  const connection = await findConnection(call, id);
  const { _id, tenantId, secrets } = connection;
  const secret = mintWebhookSecret();
  const [old] = secrets;
  const until = new Date(Date.now() + rotationMs);
  await call.api.models.connections.update(tenantId, _id, {
    secrets: [
      { sealed: seal(call, connection, secret) },
      ...(old === undefined ? [] : [{ sealed: old.sealed, until }]),
    ],
  });
  return { connection: await findConnection(call, _id), secret };
}

const seal = (
  { api }: Call<unknown>,
  owner: Pick<Connection, "_id" | "tenantId">,
  secret: string,
): string =>
  sealSecret(createCipher(encryptionKeysOf(api.config), connectionSecretsPurpose), owner, secret);

const openPorts = [80, 443];

/** A name that leads to a private address is refused when it is called. */
export function checkUrl({ api }: Call<unknown>, address: string): void {
  const url = new URL(address);
  if (api.config.TRUSTED_URLS.includes(url.origin)) return;
  const fault =
    url.protocol === "https:"
      ? findFault(url, openPorts)
      : "it must be https, for customers' words would travel in clear";
  if (fault !== undefined)
    throw invalid([{ field: "url", message: `${url.origin} is refused: ${fault}` }]);
}
