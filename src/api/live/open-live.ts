import type { Server as HttpServer } from "node:http";
import { randomUUID } from "node:crypto";
import { Server } from "socket.io";
import type { ApiDeps } from "#api/deps.ts";
import { admitSockets } from "#api/live/admit-sockets.ts";
import { answerSince } from "#api/live/answer-since.ts";
import { openAttempts } from "#api/live/attempts.ts";
import { cursorNow, roomOf, type LiveServer, type LiveSocket } from "#api/live/events.ts";
import { createPresence } from "#api/live/presence.ts";
import { passOnTyping } from "#api/live/typing.ts";
import { createShow } from "#api/live/show-changes.ts";
import { hearChanges } from "#shared/live/hear-changes.ts";
import { createTeller } from "#shared/live/tell-changes.ts";
import { connectPatient } from "#shared/runtime/redis.ts";

const longestWordBytes = 16 * 1024;
const namespaceMs = 5000;

/**
 * What happens, told to the people who watch, by WebSocket. Redis only carries which ids changed: while it is
 * away nothing is told, and when it is back everybody is asked to look at MongoDB, through us.
 */
export function openLive(api: ApiDeps, http: HttpServer) {
  const { config, log, redis } = api;
  const io: LiveServer = new Server(http, {
    transports: ["websocket"],
    serveClient: false,
    maxHttpBufferSize: longestWordBytes,
    connectTimeout: namespaceMs,
    // Whoever was sent away comes back at once: not to a process that stops.
    allowRequest: (_request, answer) => answer(undefined, !api.lifecycle.isStopping),
  });
  const ears = connectPatient(config.REDIS_URL, log);
  const tell = createTeller(redis, config.REDIS_PREFIX);
  const attempts = openAttempts(api, io.of("/sign-in"));
  const presence = createPresence(io, tell, randomUUID());
  const show = createShow(api, io);
  const admission = admitSockets(api, io);
  io.on("connection", (socket: LiveSocket) => {
    const { identity } = socket.data;
    void socket.join(roomOf(identity.tenantId));
    socket.on("since", answerSince(api, socket));
    socket.on("typing", passOnTyping(tell, socket));
    socket.on("disconnect", presence.changed);
    socket.emit("ready", { cursor: cursorNow(), user_id: identity.id });
    presence.changed();
    presence.tellTo(socket);
  });
  hearChanges(ears, config.REDIS_PREFIX, log, {
    missed: () => {
      io.emit("resync", { cursor: cursorNow() });
      attempts.lookAgain();
    },
    hear: (changes) => {
      show(changes);
      attempts.settled(changes.attempts);
      presence.hear(changes.present);
    },
  });
  return {
    close: (): void => {
      admission.stop();
      presence.stop();
      tell.close();
      ears.disconnect();
      io.disconnectSockets(true);
      io.engine.close();
    },
  };
}
