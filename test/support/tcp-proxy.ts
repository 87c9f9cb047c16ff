import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { Transform } from "node:stream";

/** A wire to a server that can be cut and frozen without harm to the server. */
export interface TcpProxy {
  readonly port: number;
  /** Resets every connection and refuses new ones. */
  cut(): void;
  /** Connections stay open and nothing passes. */
  freeze(): void;
  /** What is asked arrives, what is answered does not: connections that missed an answer end at `resume`. */
  loseAnswers(): void;
  /** Whatever passes takes so much longer each way. */
  slow(ms: number): void;
  /** Heals them all. */
  resume(): void;
  close(): Promise<void>;
}

async function startTcpProxy(host: string, targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const deaf = new Set<Socket>();
  let state: "open" | "cut" | "frozen" | "answers lost" = "open";
  let delayMs = 0;
  const pass = (near: Socket, isAnswer: boolean): Transform =>
    new Transform({
      transform: (chunk, _encoding, done) => {
        if (isAnswer && state === "answers lost") {
          deaf.add(near);
          done();
        } else if (delayMs === 0) done(null, chunk);
        else setTimeout(done, delayMs, null, chunk);
      },
    });
  const server = createServer((near) => {
    if (state === "cut") {
      near.resetAndDestroy();
      return;
    }
    const far = connect(targetPort, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true).on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        deaf.delete(near);
        to.destroy();
      });
      from.pipe(pass(near, from === far)).pipe(to);
      if (state === "frozen") from.pause();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const killAll = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: portOf(server.address()),
    cut() {
      state = "cut";
      killAll();
    },
    freeze() {
      state = "frozen";
      for (const socket of sockets) socket.pause();
    },
    loseAnswers() {
      state = "answers lost";
    },
    slow(ms) {
      delayMs = ms;
    },
    resume() {
      state = "open";
      delayMs = 0;
      for (const near of deaf) near.resetAndDestroy();
      for (const socket of sockets) socket.resume();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        killAll();
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return address.port;
}

/** The same URL by way of the proxy. */
export async function proxyUrl(url: string): Promise<{ proxy: TcpProxy; url: string }> {
  const target = new URL(url);
  const proxy = await startTcpProxy(target.hostname, Number(target.port));
  target.hostname = "127.0.0.1";
  target.port = String(proxy.port);
  return { proxy, url: target.toString() };
}
