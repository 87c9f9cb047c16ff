import type { Subscription } from "#shared/domain/crm.ts";
import {
  connectionSecretsPurpose,
  openSecret,
  type Connection,
  type createConnections,
} from "#shared/models/connections.ts";
import { keepFresh } from "#shared/models/keep-fresh.ts";
import { createCipher, type Cipher, type Secrets } from "#shared/runtime/cipher.ts";
import type { Log } from "#shared/runtime/log.ts";

/** A connection with its secrets opened: lives in memory only, never in a log or a job. */
export interface OpenConnection extends Omit<Connection, "secrets"> {
  readonly secrets: readonly { readonly secret: string; readonly until?: Date }[];
}

export interface DirectoryDeps {
  readonly connections: ReturnType<typeof createConnections>;
  readonly encryptionKey: Secrets;
  readonly log: Log;
}

/** All connections, held in memory and refreshed every second: a turn asks nobody who wants to hear of it. */
export function createConnectionDirectory({ connections, encryptionKey, log }: DirectoryDeps) {
  const cipher = createCipher(encryptionKey, connectionSecretsPurpose);
  const byId = new Map<string, OpenConnection>();
  let subscriptions: ReadonlyMap<string, readonly Subscription[]> = new Map();
  const keep = (changed: readonly Connection[]): void => {
    for (const each of changed) byId.set(each._id, open(each, cipher, log));
    if (changed.length > 0) subscriptions = groupByTenant(byId.values());
  };
  const { listChangedSince } = connections;
  return {
    /** One that is new or was just switched on may not be known here yet: MongoDB is asked. */
    byId: async (id: string): Promise<OpenConnection | undefined> => {
      const known = byId.get(id);
      if (known?.active === true) return known;
      const found = await connections.find(id);
      return found === null ? undefined : open(found, cipher, log);
    },
    subscriptionsOf: (tenantId: string): readonly Subscription[] =>
      subscriptions.get(tenantId) ?? [],
    ...keepFresh({ listChangedSince, keep, staleEvent: "connections.stale", log }),
  };
}

function groupByTenant(
  connections: Iterable<OpenConnection>,
): ReadonlyMap<string, readonly Subscription[]> {
  const active = [...connections].filter((each) => each.active);
  const groups = Map.groupBy(active, ({ tenantId }) => tenantId);
  return new Map(
    [...groups].map(([tenantId, some]) => [
      tenantId,
      some.map(({ _id, events }) => ({ connectionId: _id, events })),
    ]),
  );
}

/** One whose secrets cannot be opened stays known, but nothing can be signed for it. */
function open(connection: Connection, cipher: Cipher, log: Log): OpenConnection {
  const { secrets, ...rest } = connection;
  try {
    const opened = secrets.map(({ sealed, ...more }) => ({
      ...more,
      secret: openSecret(cipher, connection, sealed),
    }));
    return { ...rest, secrets: opened };
  } catch (error) {
    log.error({
      event: "connection.sealed",
      connectionId: connection._id,
      advice:
        "no key of the settings sealed this connection: add the old one to ENCRYPTION_KEYS_OLD, or rotate its secret",
      err: error,
    });
    return { ...rest, secrets: [] };
  }
}
