import { roomOf, type LiveServer, type LiveSocket } from "#api/live/events.ts";
import type { Changes } from "#shared/live/changes.ts";
import type { Teller } from "#shared/live/tell-changes.ts";

type Present = NonNullable<Changes["present"]>;

const everyMs = 10_000;
/** A process that died tells nothing. */
const silentMs = 3 * everyMs;

/** Who is connected, to this process or another: each tells all of its own, now and then and at each change. */
export function createPresence(io: LiveServer, tell: Teller, process: string) {
  const others = new Map<string, Present["users"]>();
  const heardAt = new Map<string, number>();
  let shown = new Map<string, readonly string[]>();

  const own = (): Present["users"] =>
    [...io.sockets.sockets.values()]
      .map(({ data }) => data.identity)
      .filter(({ kind }) => kind === "user")
      .map(({ tenantId, id }) => ({ tenantId, userId: id }));

  const show = (): void => {
    const all = Map.groupBy([...own(), ...[...others.values()].flat()], ({ tenantId }) => tenantId);
    const next = new Map(
      [...all].map(([tenantId, users]) => [
        tenantId,
        [...new Set(users.map(({ userId }) => userId))].toSorted(),
      ]),
    );
    for (const [tenantId, ids] of next)
      if (shown.get(tenantId)?.join() !== ids.join())
        io.to(roomOf(tenantId)).emit("presence", { user_ids: ids });
    shown = next;
  };

  const changed = (): void => {
    tell.present({ process, users: own() });
    show();
  };
  const timer = setInterval(() => {
    const oldest = Date.now() - silentMs;
    for (const [id, at] of heardAt) {
      if (at > oldest) continue;
      heardAt.delete(id);
      others.delete(id);
    }
    changed();
  }, everyMs);
  return {
    changed,
    tellTo: (socket: LiveSocket): void => {
      const user_ids = shown.get(socket.data.identity.tenantId) ?? [];
      socket.emit("presence", { user_ids });
    },
    hear: (present: Present | undefined): void => {
      if (present === undefined || present.process === process) return;
      const isNew = !others.has(present.process);
      others.set(present.process, present.users);
      heardAt.set(present.process, Date.now());
      show();
      // It does not know of ours yet.
      if (isNew) tell.present({ process, users: own() });
    },
    stop: () => clearInterval(timer),
  };
}
