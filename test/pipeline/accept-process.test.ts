import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { once } from "node:events";
import { createConnection } from "node:net";
import { startApiProcess, runApiProcess } from "../support/api-process.ts";
import { startTestApi, withDatabase, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";
import { encryptionKey } from "../support/channels.ts";
import { eventually } from "../support/eventually.ts";

/** Looks at the same database as the process under test. */
let beside: TestApi;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  beside = await startTestApi();
  await beside.addChannel({ _id: "c1", externalId: "1", secrets: ["right"] });
  env = {
    HOST: "127.0.0.1",
    PORT: "0",
    REDIS_URL: inject("redisUrl"),
    REDIS_PREFIX: beside.name,
    MONGODB_URI: withDatabase(inject("mongodbUri"), beside.name),
    ENCRYPTION_KEY: encryptionKey,
  };
});
afterAll(() => beside.stop());

test("a process with wrong settings names every fault and ends with 1", async () => {
  const { code, errors } = await runApiProcess({
    ...env,
    PORT: "none",
    REDIS_URL: "",
    TRUST_PROXY: "true",
  });

  expect(code).toBe(1);
  expect(errors).toMatch(/PORT/);
  expect(errors).toMatch(/REDIS_URL: is missing/);
  expect(errors).toMatch(/TRUST_PROXY: must be addresses/);
});

test("told to stop under load it answers what it took, resets nobody and ends with 0", async () => {
  const api = await startApiProcess(env);
  const taken: string[] = [];
  const faults: unknown[] = [];
  const until = new AbortController();
  const postOn = async (caller: number): Promise<void> => {
    for (let n = 0; !until.signal.aborted; n++) {
      const id = `M${caller}-${n}`;
      const { status } = await postTo(api.url, id);
      if (status === 200) taken.push(id);
      else faults.push(status);
    }
  };
  const callers = Array.from({ length: 20 }, (_, caller) =>
    postOn(caller).catch((error: unknown) => {
      if (syscallOf(error) !== "connect") faults.push(error);
    }),
  );
  await eventually(() => expect(taken.length).toBeGreaterThan(200));

  api.kill("SIGTERM");
  const [code]: unknown[] = await api.exited;
  until.abort();
  await Promise.all(callers);

  expect(code).toBe(0);
  expect(faults).toEqual([]);
  const kept = new Set((await beside.readJournal()).map(({ raw }) => idIn(raw)));
  expect(taken.filter((id) => !kept.has(id))).toEqual([]);
  const [record] = await beside.database
    .collection("processes")
    .find({ endedAt: { $exists: true } })
    .toArray();
  expect(record).toMatchObject({ role: "api" });
});

test("a request that is half sent when the process is told to stop gets its answer", async () => {
  const api = await startApiProcess(env);
  const body = JSON.stringify(greenText(1, "79001112233", "slow", "SLOW"));
  const socket = createConnection(Number(new URL(api.url).port), "127.0.0.1");
  await once(socket, "connect");
  const head = `POST /webhook HTTP/1.1\r\nHost: x\r\nAuthorization: right\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.write(head + body.slice(0, 10));
  await eventually(async () => expect((await fetch(`${api.url}/health/live`)).status).toBe(200));

  api.kill("SIGTERM");
  await eventually(async () =>
    expect(api.lines.some((line) => line.includes('"stopping"'))).toBe(true),
  );
  socket.write(body.slice(10));
  const answer = Buffer.concat(await socket.toArray()).toString();

  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answer).toMatch(/Connection: close/i);
  expect(await api.exited).toEqual([0, null]);
});

const postTo = (url: string, id: string) =>
  fetch(`${url}/webhook`, {
    method: "POST",
    headers: { authorization: "right" },
    body: JSON.stringify(greenText(1, "79001112233", "load", id)),
  });

const idIn = (raw: Uint8Array): string =>
  /"idMessage":"([^"]+)"/.exec(Buffer.from(raw).toString())?.[1] ?? "";

/** Who did not even connect has lost nothing: any other server may take the request. */
function syscallOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "syscall" in cause ? cause.syscall : undefined;
}
