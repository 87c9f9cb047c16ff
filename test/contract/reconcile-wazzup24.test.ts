import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import { createHttp } from "#shared/providers/http.ts";
import wazzup24 from "#shared/providers/wazzup24/index.ts";
import { createWazzupSimulator } from "#simulators/wazzup24/create-simulator.ts";

const http = createHttp({ timeoutMs: 1000 });
afterAll(() => http.close());

const text: Command = { type: "text", text: "Hi" };

const open = async () => {
  const simulator = await createWazzupSimulator();
  onTestFinished(() => simulator.close());
  const call = {
    http,
    account: {
      externalId: "11111111-1111-4111-8111-111111111111",
      apiUrl: `${simulator.url}/v3`,
      token: "demo-wazzup24-key",
      guarded: false,
    },
    to: "447700900123",
    command: text,
    callback: "c|replies|0000000001~1~1762000000000",
    signal: new AbortController().signal,
  };
  const ask = (ageMs: () => number, command: Command = text) =>
    wazzup24.reconcile?.({ ...call, command, since: 0, ageMs, isTaken: async () => false });
  return { simulator, send: () => wazzup24.send(call), ask };
};

test.each(["REPEATED_CRM_MESSAGE_ID", "repeatedCrmMessageId"] as const)(
  "a message that had arrived is refused a second time as %s: it is there once",
  async (repeatedSpelling) => {
    const { simulator, send, ask } = await open();
    simulator.switches.set({ dropAfter: 1, repeatedSpelling });
    const outcome = await send();

    expect(outcome.kind).toBe("unknown");
    expect(await ask(() => 20_000)).toEqual({ kind: "arrived" });
    expect(simulator.ledger.size).toBe(1);
  },
);

test("a message that was lost arrives by the question", async () => {
  const { simulator, send, ask } = await open();
  simulator.switches.set({ dropBefore: 1 });
  const outcome = await send();

  expect(outcome.kind).toBe("unknown");
  const answer = await ask(() => 20_000);
  expect(answer).toEqual({ kind: "arrived", providerMessageId: simulator.ledger.entries()[0]?.id });
  expect(simulator.ledger.size).toBe(1);
});

test("a question that is lost, too, is asked again", async () => {
  const { simulator, ask } = await open();
  simulator.switches.set({ dropAfter: 1 });

  expect((await ask(() => 20_000))?.kind).toBe("silent");
  expect(await ask(() => 25_000)).toEqual({ kind: "arrived" });
  expect(simulator.ledger.size).toBe(1);
});

test("after 40 s nothing is posted: the id may be forgotten", async () => {
  const { simulator, ask } = await open();

  expect((await ask(() => 40_000))?.kind).toBe("silent");
  expect(simulator.ledger.size).toBe(0);
});

test("a worker that freezes in the question posts nothing afterwards", async () => {
  const { simulator, ask } = await open();
  const ages = [20_000, 90_000];

  expect((await ask(() => ages.shift() ?? 90_000))?.kind).toBe("silent");
  expect(simulator.ledger.size).toBe(0);
});

test.each([
  ["a refusal", { refuse: 1 }],
  ["the rate limit", { answer429: 1 }],
  ["a fault", { fail5xxBefore: 1 }],
] as const)("%s says nothing of the attempt before", async (_, fault) => {
  const { simulator, ask } = await open();
  simulator.switches.set(fault);

  expect((await ask(() => 20_000))?.kind).toBe("silent");
  expect(simulator.ledger.size).toBe(0);
});

test("a read mark is no message to look for", async () => {
  const { ask } = await open();

  expect(await ask(() => 0, { type: "read", messageId: "m" })).toEqual({ kind: "absent" });
});
