import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, expect, test } from "vitest";
import { createHttp, type HttpCall } from "#shared/providers/http.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 600, maxBytes: 1000 });
afterAll(() => http.close());

const token = "d75b3a66374942c5";
const call = (url: string, changes: Partial<HttpCall> = {}): HttpCall => ({
  method: "POST",
  url: `${url}/waInstance1/sendMessage/${token}`,
  json: { a: 1 },
  guarded: false,
  signal: new AbortController().signal,
  ...changes,
});

const failureOf = async (wanted: HttpCall): Promise<HttpFailure> => {
  const failure = await http.ask(wanted).catch((error: unknown) => error);
  if (!(failure instanceof HttpFailure)) throw new Error("no failure");
  expect(failure.message).not.toContain(token);
  return failure;
};

test("an answer comes back with status, headers and bytes", async () => {
  await using far = await startFarSide(answerJson({ ok: true }, 201));

  const answer = await http.ask(call(far.url));

  expect(answer.status).toBe(201);
  expect(answer.headers["content-type"]).toBe("application/json");
  expect(answer.body.toString()).toBe('{"ok":true}');
  expect(far.seen[0]?.json).toEqual({ a: 1 });
});

test("calls share connections", async () => {
  await using far = await startFarSide(answerJson({}));
  let connections = 0;
  far.server.on("connection", () => connections++);

  for (let calls = 0; calls < 20; calls++) await http.ask(call(far.url));

  expect(connections).toBeLessThan(5);
});

test("a redirect is an answer, not a way", async () => {
  await using far = await startFarSide((response) => {
    response.writeHead(302, { location: "/elsewhere" });
    response.end();
  });

  expect((await http.ask(call(far.url))).status).toBe(302);
  expect(far.seen).toHaveLength(1);
});

test("a refused connection is surely before", async () => {
  const far = await startFarSide(answerJson({}));
  await far[Symbol.asyncDispose]();

  expect((await failureOf(call(far.url))).phase).toBe("before");
});

test("an unknown name is surely before", async () => {
  expect((await failureOf(call("http://no-such-name.invalid"))).phase).toBe("before");
});

test("a failed TLS handshake is surely before", async () => {
  await using far = await startFarSide(answerJson({}));

  const failure = await failureOf(call(far.url.replace("http:", "https:")));

  expect(failure.phase).toBe("before");
  expect(far.seen).toHaveLength(0);
});

test("a guard's refusal is surely before, and nothing is asked", async () => {
  await using far = await startFarSide(answerJson({}));

  const failure = await failureOf(call(far.url, { guarded: true }));

  expect(failure.phase).toBe("before");
  expect(far.seen).toHaveLength(0);
});

test("a guarded name that leads to loopback is refused where it is resolved", async () => {
  const failure = await failureOf(call("http://localhost", { guarded: true }));

  expect(failure.phase).toBe("before");
  expect(failure.message).toContain("not public");
});

test("a socket that is reset after the request leaves the outcome open", async () => {
  await using far = await startFarSide((response) => response.socket?.resetAndDestroy());

  expect((await failureOf(call(far.url))).phase).toBe("after");
});

test("an answer that breaks off in its body leaves the outcome open", async () => {
  await using far = await startFarSide((response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{", () => response.socket?.destroy());
  });

  expect((await failureOf(call(far.url))).phase).toBe("after");
});

test("silence ends after the total timeout and the socket is closed", async () => {
  let closed: Promise<unknown> | undefined;
  await using far = await startFarSide((response) => {
    closed = response.socket === null ? undefined : once(response.socket, "close");
  });

  const failure = await failureOf(call(far.url));

  expect(failure.phase).toBe("after");
  expect(failure.message).toContain("600 ms");
  await closed;
});

test("a body that trickles ends after the total timeout", async () => {
  await using far = await startFarSide((response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(drip));
  });

  expect((await failureOf(call(far.url))).message).toContain("600 ms");
});

test("an answer over the cap leaves the outcome open", async () => {
  await using far = await startFarSide(answerJson("x".repeat(5000)));

  const failure = await failureOf(call(far.url));

  expect(failure.phase).toBe("after");
  expect(failure.message).toContain("larger");
});

test("giving up during a call leaves the outcome open; before it, it does not", async () => {
  const giveUp = new AbortController();
  await using far = await startFarSide(() => giveUp.abort());
  const wanted = call(far.url, { signal: giveUp.signal });

  expect((await failureOf(wanted)).phase).toBe("after");
  expect((await failureOf(wanted)).phase).toBe("before");
  expect(far.seen).toHaveLength(1);
});

test("a server that speaks no HTTP leaves the outcome open", async () => {
  const server = createServer((socket) => socket.end("220 smtp.example ESMTP\r\n"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;

  expect((await failureOf(call(`http://127.0.0.1:${port}`))).phase).toBe("after");
  server.close();
});

test("what is no address says so without quoting it", async () => {
  expect((await failureOf(call("not an address"))).phase).toBe("before");
});
