import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { z } from "zod";
import { bytesBetween, watchBytes } from "./count-bytes.ts";

test("bytes are told by port, those of sockets that are closed too", async () => {
  const read = watchBytes();
  const server = createServer((socket) => socket.end("answer")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const ask = async (question: string): Promise<void> => {
    const socket = connect(port, "127.0.0.1");
    socket.resume().end(question);
    await once(socket, "close");
  };

  await ask("question");
  const before = read();
  await ask("what?");
  await ask("why?");
  server.close();

  expect(before[port]).toEqual({ sent: 8, received: 6 });
  expect(bytesBetween(before, read())[port]).toEqual({ sent: 9, received: 12 });
});
