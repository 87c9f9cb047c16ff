import { afterAll, expect, test } from "vitest";
import chatrace from "#shared/providers/chatrace/index.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { PollSettings } from "#shared/providers/provider.ts";
import { createChatraceSimulator } from "#simulators/chatrace/create-simulator.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 10_000 });
afterAll(() => http.close());

interface Look {
  readonly cursor?: string | undefined;
  readonly settings?: PollSettings;
  readonly now?: number;
}

const lookAt = (apiUrl: string, { cursor, settings = {}, now = Date.now() }: Look = {}) =>
  chatrace.poll?.receive({
    http,
    account: { externalId: "1543000", apiUrl, token: "demo-chatrace-token", guarded: false },
    signal: new AbortController().signal,
    settings,
    cursor,
    waitMs: 1000,
    now,
  });

const textsOf = (polled: Awaited<ReturnType<typeof lookAt>>): readonly unknown[] => {
  if (polled?.kind !== "received") throw new Error(`it gave ${polled?.kind}`);
  const items: unknown = JSON.parse(polled.raw.toString());
  return Array.isArray(items) ? items.map((item) => Object(item)["text"]) : [];
};

const cursorOf = (polled: Awaited<ReturnType<typeof lookAt>>): string | undefined =>
  polled !== undefined && "cursor" in polled ? polled.cursor : undefined;

test.each(["all", "cursor"] as const)(
  "a list of %s is read in order and each message once",
  async (listing) => {
    const simulator = await createChatraceSimulator();
    try {
      simulator.switches.set({ listing });
      const timestamp = Math.floor(Date.now() / 1000);
      await simulator.customerSays({ text: "one", timestamp });
      await simulator.customerSays({ text: "two", timestamp: timestamp + 1 });

      const first = await lookAt(simulator.url);
      const second = await lookAt(simulator.url, { cursor: cursorOf(first) });
      await simulator.customerSays({ text: "three", timestamp: timestamp + 2 });
      const third = await lookAt(simulator.url, { cursor: cursorOf(second) ?? cursorOf(first) });

      expect(textsOf(first)).toEqual(["one", "two"]);
      expect(second?.kind).toBe("nothing");
      expect(textsOf(third)).toEqual(["three"]);
    } finally {
      await simulator.close();
    }
  },
);

test("the path that answered is asked first from then on", async () => {
  await using far = await startFarSide((response, seen) =>
    seen.path === "/instagram/messages"
      ? answerJson({ messages: [] })(response, seen)
      : answerJson({ message: "Not Found" }, 404)(response, seen),
  );

  const first = await lookAt(far.url);
  await lookAt(far.url, { cursor: cursorOf(first) });

  expect(far.seen.map(({ path }) => path)).toEqual([
    "/messages/receive",
    "/messages/get",
    "/instagram/messages",
    "/instagram/messages",
  ]);
  expect(far.seen[0]?.headers["x-access-token"]).toBe("demo-chatrace-token");
});

test("paths, header and the list's place are settings", async () => {
  await using far = await startFarSide(
    answerJson({ result: { list: [{ senderId: "1", text: "x" }] } }),
  );

  const polled = await lookAt(far.url, {
    settings: { paths: ["/v2/inbox"], header: "Authorization", items: "result.list" },
  });

  expect(textsOf(polled)).toEqual(["x"]);
  expect(far.seen[0]).toMatchObject({
    path: "/v2/inbox",
    headers: { authorization: "Bearer demo-chatrace-token" },
  });
});

test.each([
  ["404 everywhere", 404, {}, "refused"],
  ["a page in the place of a list", 200, "<html>", "refused"],
  ["a refused token", 401, {}, "refused"],
  ["a refused token inside 200", 200, { error: { code: 401 } }, "refused"],
  ["too many questions", 429, {}, "unreached"],
  ["a fault over there", 502, {}, "unreached"],
])("%s", async (_, status, body, kind) => {
  await using far = await startFarSide(answerJson(body, status));

  expect(await lookAt(far.url)).toMatchObject({ kind });
});

test("nobody there is no reason to give up", async () => {
  const far = await startFarSide(answerJson({}));
  await far[Symbol.asyncDispose]();

  expect(await lookAt(far.url)).toMatchObject({ kind: "unreached" });
});

test("the first look leaves what is too old to be answered, later looks leave nothing", async () => {
  const messages = [{ senderId: "1", text: "old", timestamp: 1762000000 }];
  await using far = await startFarSide(answerJson({ messages }));
  const now = 1762000000_000 + 2 * 86_400_000;

  const first = await lookAt(far.url, { now });
  const later = await lookAt(far.url, { now, cursor: JSON.stringify({ seen: [] }) });

  expect(first?.kind).toBe("nothing");
  expect(textsOf(later)).toEqual(["old"]);
});
