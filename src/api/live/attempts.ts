import { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import { answerWith } from "#api/live/answer-with.ts";
import type { LiveServer, LiveSocket } from "#api/live/events.ts";
import { ownsAttempt } from "#api/rest/auth/attempt-cookie.ts";

const handshake = z.object({ attempt: z.string().min(1).max(64) });

/**
 * The sign-in page: it gives its attempt, its cookie proves that it is this browser's, and it hears when a
 * message has settled it. What the message said, it asks for over REST.
 */
export function openAttempts(api: ApiDeps, namespace: ReturnType<LiveServer["of"]>) {
  const refusalOf = async (socket: LiveSocket): Promise<Error | undefined> => {
    const id = attemptOf(socket);
    if (id === undefined) return new Error("Give the attempt's id as auth.attempt");
    const attempt = await api.models.loginAttempts.findById(id);
    if (attempt === null || !ownsAttempt(socket.handshake.headers.cookie, attempt))
      return new Error("There is no such attempt");
    return undefined;
  };
  namespace.use((socket, next) => answerWith(api, () => refusalOf(socket), next));
  namespace.on("connection", (socket) => {
    const id = attemptOf(socket) ?? "";
    void socket.join(id);
    // It may have been settled while the page was on its way here.
    socket.emit("attempt", { id });
  });
  return {
    settled: (ids: readonly string[]): void => {
      for (const id of ids) namespace.to(id).emit("attempt", { id });
    },
    /** Something may have been missed: every page asks what became of its attempt. */
    lookAgain: (): void => {
      for (const socket of namespace.sockets.values())
        socket.emit("attempt", { id: attemptOf(socket) ?? "" });
    },
  };
}

const attemptOf = (socket: LiveSocket): string | undefined =>
  handshake.safeParse(socket.handshake.auth).data?.attempt;
