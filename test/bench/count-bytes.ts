import { subscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { z } from "zod";

/** What went to a port, and what came from it. */
export const bytesByPort = z.record(
  z.string(),
  z.object({ sent: z.number(), received: z.number() }),
);
export type BytesByPort = z.infer<typeof bytesByPort>;

const opened = z.object({ socket: z.instanceof(Socket) });

/** Watches the sockets that this process opens from now on; tells the bytes of all of them so far. */
export function watchBytes(): () => BytesByPort {
  const sockets: { readonly port: number; readonly socket: Socket }[] = [];
  subscribe("net.client.socket", (message) => {
    const { socket } = opened.parse(message);
    socket.once("connect", () => sockets.push({ port: socket.remotePort ?? 0, socket }));
  });
  return () => {
    const bytes: BytesByPort = {};
    for (const { port, socket } of sockets) {
      const { sent = 0, received = 0 } = bytes[port] ?? {};
      bytes[port] = { sent: sent + socket.bytesWritten, received: received + socket.bytesRead };
    }
    return bytes;
  };
}

/** Between two looks. */
export const bytesBetween = (before: BytesByPort, after: BytesByPort): BytesByPort =>
  Object.fromEntries(
    Object.entries(after).map(([port, { sent, received }]) => [
      port,
      {
        sent: sent - (before[port]?.sent ?? 0),
        received: received - (before[port]?.received ?? 0),
      },
    ]),
  );
