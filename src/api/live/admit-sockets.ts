import { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import type { LiveServer, LiveSocket } from "#api/live/events.ts";
import { answerWith } from "#api/live/answer-with.ts";
import { createIdentify } from "#api/rest/auth/identify.ts";
import type { Identity } from "#api/rest/identity.ts";

const handshake = z.object({ token: z.string().min(1).max(5000) });

/**
 * Lets in whoever may read conversations, by the same tokens and keys as the REST API, and looks again every
 * few seconds: a token that ended, a key that was revoked, a person who may no longer.
 */
export function admitSockets(api: ApiDeps, io: LiveServer): { readonly stop: () => void } {
  const identify = createIdentify(api);
  const identifyToken = async (token: string): Promise<Identity | undefined> => {
    const identity = await identify(`Bearer ${token}`);
    return identity?.scopes.has("conversations:read") === true ? identity : undefined;
  };

  const refusalOf = async (socket: LiveSocket): Promise<Error | undefined> => {
    const token = tokenOf(socket);
    if (token === undefined)
      return new Error("Sign in: give an access token or API key as auth.token");
    const identity = await identifyToken(token);
    if (identity === undefined)
      return new Error("The token is wrong or has ended, or lacks conversations:read");
    socket.data = { identity, token };
    return undefined;
  };
  io.use((socket, next) => answerWith(api, () => refusalOf(socket), next));

  const lookAgain = async (socket: LiveSocket): Promise<void> => {
    const { token, identity } = socket.data;
    const now = await identifyToken(token);
    if (now?.id === identity.id && now.tenantId === identity.tenantId) {
      socket.data = { identity: now, token };
      return;
    }
    socket.emit("signed_out");
    socket.disconnect(true);
  };
  const timer = setInterval(() => {
    // An outage is no reason to send people away.
    for (const socket of io.sockets.sockets.values())
      api.background.run("live.look-again", () => lookAgain(socket));
  }, api.config.LIVE_CHECK_MS);
  return { stop: () => clearInterval(timer) };
}

/** As socket.io gives it, or as any other client: in the header. */
function tokenOf({ handshake: { auth, headers } }: LiveSocket): string | undefined {
  const given = handshake.safeParse(auth);
  if (given.success) return given.data.token;
  return /^bearer (\S{1,5000})$/i.exec(headers.authorization ?? "")?.[1];
}
