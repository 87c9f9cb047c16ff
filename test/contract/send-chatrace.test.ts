import { afterAll, expect, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import chatrace from "#shared/providers/chatrace/index.ts";
import { createHttp } from "#shared/providers/http.ts";
import { createChatraceSimulator } from "#simulators/chatrace/create-simulator.ts";

const http = createHttp({ timeoutMs: 10_000 });
const simulator = await createChatraceSimulator();
afterAll(() => Promise.all([http.close(), simulator.close()]));

const to = "2850000000000000001";
simulator.noteContact(to);

const account = (changes = {}) => ({
  externalId: "1543000",
  apiUrl: simulator.url,
  token: "demo-chatrace-token",
  guarded: false,
  ...changes,
});

const send = async (command: Command, more: { to?: string; token?: string } = {}) => {
  const outcome = await chatrace.send({
    http,
    account: account(more.token === undefined ? {} : { token: more.token }),
    to: more.to ?? to,
    command,
    callback: "x",
    signal: new AbortController().signal,
  });
  return { outcome, entry: simulator.ledger.entries().at(-1) };
};

const buttons = (count: number, letters = 3) =>
  Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    title: String(index).padEnd(letters, "x"),
  }));

test.each<[Command, object]>([
  [
    { type: "text", text: "Hi" },
    { type: "text", text: "Hi" },
  ],
  [
    { type: "buttons", text: "Which?", header: "Visit", buttons: buttons(3, 20) },
    { type: "text", text: "Visit\n\nWhich?", buttons: buttons(3, 20) },
  ],
  [
    { type: "buttons", text: "Which?", buttons: buttons(4) },
    { type: "text", text: "Which?\n\n1. 0xx\n2. 1xx\n3. 2xx\n4. 3xx", buttons: [] },
  ],
  [
    { type: "buttons", text: "Which?", buttons: buttons(1, 21) },
    { text: `Which?\n\n1. 0${"x".repeat(20)}`, buttons: [] },
  ],
  [
    { type: "image", link: "https://cdn.example.test/a.jpg" },
    { type: "image", link: "https://cdn.example.test/a.jpg" },
  ],
  [
    { type: "document", link: "https://cdn.example.test/a.pdf", caption: "Price list" },
    { type: "file", text: "Price list", link: "https://cdn.example.test/a.pdf" },
  ],
  [
    { type: "template", name: "11111", language: "ru" },
    { type: "flow", text: "11111" },
  ],
])("%j is one accepted call", async (command, expected) => {
  const before = simulator.ledger.size;

  const { outcome, entry } = await send(command);

  expect(outcome).toEqual({ kind: "sent" });
  expect(simulator.ledger.size).toBe(before + 1);
  expect(entry).toMatchObject({ to, ...expected });
});

test.each<Command>([
  { type: "text", text: "" },
  { type: "text", text: "x".repeat(1001) },
  { type: "image", providerMediaId: "1" },
  { type: "template", name: "reminder", language: "ru" },
  { type: "read", messageId: "1" },
])("%j is refused without a call", async (command) => {
  const before = simulator.ledger.size;

  const { outcome } = await send(command);

  expect(outcome).toMatchObject({ kind: "refused", code: "invalid_command" });
  expect(simulator.ledger.size).toBe(before);
});

test("a wrong token is the account's trouble, an unknown contact the message's", async () => {
  const text: Command = { type: "text", text: "Hi" };

  expect((await send(text, { token: "old" })).outcome).toMatchObject({
    kind: "account",
    code: 401,
  });
  expect((await send(text, { to: "404" })).outcome).toMatchObject({ kind: "refused", code: 404 });
});

test("an error inside 200 is an error", async () => {
  simulator.switches.set({ refuse: 1, refuseCode: 401 });

  const { outcome } = await send({ type: "text", text: "Hi" });

  expect(outcome).toMatchObject({ kind: "account", code: 401 });
});

test.each([{ fail5xxAfter: 1 }, { dropAfter: 1 }, { fail5xxBefore: 1 }])(
  "after %j nobody knows whether it went",
  async (switches) => {
    simulator.switches.set(switches);

    expect((await send({ type: "text", text: "Hi" })).outcome.kind).toBe("unknown");
  },
);

test("the account's own number shows whether the token is its own", async () => {
  const signal = new AbortController().signal;
  const ask = (changes: object) => chatrace.check?.({ http, account: account(changes), signal });

  expect(await ask({})).toEqual({ state: "ok" });
  expect(await ask({ externalId: "2" })).toMatchObject({ state: "refused" });
  expect(await ask({ token: "old" })).toMatchObject({ state: "refused" });
});
