import { io, type Socket } from "socket.io-client";
import { eventually } from "./eventually.ts";

export interface Heard {
  readonly event: string;
  readonly told: unknown;
}

/** Somebody who watches live; everything heard is kept. */
export function watch(
  url: string,
  auth: Readonly<Record<string, string>>,
  more: { readonly path?: string; readonly headers?: Readonly<Record<string, string>> } = {},
) {
  const socket: Socket = io(url + (more.path ?? "/"), {
    transports: ["websocket"],
    auth,
    extraHeaders: { ...more.headers },
    forceNew: true,
    reconnection: false,
  });
  const heard: Heard[] = [];
  let refused: string | undefined;
  let isEnded = false;
  socket.onAny((event: string, told: unknown) => heard.push({ event, told }));
  socket.on("connect_error", (error: Error) => (refused = error.message));
  socket.on("disconnect", () => (isEnded = true));
  return {
    socket,
    heard,
    of: (event: string): readonly unknown[] =>
      heard.filter((each) => each.event === event).map(({ told }) => told),
    ready: () =>
      eventually(() => {
        if (!heard.some(({ event }) => event === "ready")) throw new Error(refused ?? "not ready");
      }, 15_000),
    refusal: () =>
      eventually(() => {
        if (refused === undefined) throw new Error("nobody refused");
        return refused;
      }),
    ended: () =>
      eventually(() => {
        if (!isEnded) throw new Error("still connected");
      }, 15_000),
    close: () => socket.disconnect(),
  };
}
