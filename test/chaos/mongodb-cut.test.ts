import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { createInserter, createReader, createWriter } from "../../src/shared/models/batches.ts";
import { isOutage } from "../../src/shared/models/outage.ts";
import { collectionOf, connectOnce } from "../../src/shared/runtime/mongo.ts";
import { eventually } from "../support/eventually.ts";
import { proxyUrl } from "../support/tcp-proxy.ts";

async function connectByProxy(name: string) {
  const uri = new URL(inject("mongodbUri"));
  uri.pathname = `/test_cut_${name}`;
  const { proxy, url } = await proxyUrl(uri.toString());
  const connection = await connectOnce(url, 1000);
  onTestFinished(async () => {
    proxy.resume();
    await connection.dropDatabase();
    await connection.close();
    await proxy.close();
  });
  return { proxy, collection: collectionOf(connection, "cut") };
}

function socketOf(message: unknown): Socket {
  if (typeof message === "object" && message !== null && "socket" in message)
    if (message.socket instanceof Socket) return message.socket;
  throw new Error("a message without a socket");
}

const faultOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a connection that is cut is an outage for whatever was asked, never a fault of what was written", async () => {
  const { proxy, collection } = await connectByProxy("cut");
  const insert = createInserter<{ _id: string }>(collection);
  const write = createWriter(collection);
  const read = createReader(collection);
  await insert({ _id: "before" });
  const ask = () =>
    Promise.all([
      ...["a", "b", "c"].map((_id) => faultOf(insert({ _id }))),
      ...["a", "b", "c"].map((id) => faultOf(write({ id, update: { $set: { written: true } } }))),
      faultOf(read("before")),
    ]);

  proxy.freeze();
  const inTheAir = ask();
  await new Promise(setImmediate);
  proxy.cut();
  const afterwards = await ask();

  expect([...(await inTheAir), ...afterwards].filter((fault) => !isOutage(fault))).toEqual([]);
});

describe("a connection that closes without an error", () => {
  const sockets = new Set<Socket>();
  const remember = (message: unknown): void => void sockets.add(socketOf(message));
  beforeEach(() => {
    sockets.clear();
    subscribe("net.client.socket", remember);
  });
  afterEach(() => void unsubscribe("net.client.socket", remember));
  const destroyAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  test("a command to one that is just being closed fails, and the next one goes", async () => {
    const { collection } = await connectByProxy("closing");
    await collection.insertOne({ _id: "before" });

    // Gone, and nobody was told yet: 'close' comes with the next turn of the event loop.
    destroyAll();
    const fault = await faultOf(collection.insertOne({ _id: "closing" }));

    expect(isOutage(fault)).toBe(true);
    await collection.insertOne({ _id: "after" });
  });

  test("a batch that is half written by then fails, and the next one goes", async () => {
    const { proxy, collection } = await connectByProxy("half_written");
    const insert = createInserter<{ _id: string; text?: string }>(collection);
    await insert({ _id: "before" });

    proxy.freeze();
    // More than the system's own buffers take.
    const fault = faultOf(insert({ _id: "large", text: "x".repeat(15_000_000) }));
    await eventually(() =>
      expect([...sockets].some(({ writableNeedDrain }) => writableNeedDrain)).toBe(true),
    );
    destroyAll();
    proxy.resume();

    expect(isOutage(await fault)).toBe(true);
    await insert({ _id: "after" });
    expect(await createReader(collection)("after")).toEqual({ _id: "after" });
  });
});
