import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isLoopback } from "#simulators/control-routes.ts";
import { customer, post, startWhatsapp } from "./whatsapp-setup.ts";

test("the ledger says what was accepted, for whom, and what the caller saw", async () => {
  const { simulator } = await startWhatsapp();

  await post(simulator, { body: { biz_opaque_callback_data: "effect-1" } });

  expect(await simulator.ledger.waitFor(1)).toMatchObject([
    {
      n: 1,
      id: expect.stringMatching(/^wamid\./),
      at: expect.stringMatching(/^\d{4}-/),
      account: "100000000000001",
      correlationId: "effect-1",
      to: customer,
      type: "text",
      text: "Hi",
      buttons: [],
      outcome: "answered",
    },
  ]);
});

test("waitFor resolves with an entry that fits, and says how many there were when none did", async () => {
  const { simulator } = await startWhatsapp();

  const waited = simulator.ledger.waitFor(({ text }) => text === "second");
  await post(simulator);
  await post(simulator, { body: { text: { body: "second" } } });

  expect(await waited).toMatchObject([{ n: 2, text: "second" }]);
  await expect(simulator.ledger.waitFor(3, 20)).rejects.toThrow("2 accepted in 20 ms");
});

test("the ledger is read over HTTP, after a place and for one recipient", async () => {
  const { simulator } = await startWhatsapp();
  simulator.switches.set({ openWindow: true });
  for (const to of [customer, "12025550102", customer]) await post(simulator, { body: { to } });

  const read = await fetch(`${simulator.url}/_simulator/ledger?after=1&to=${customer}`);

  expect(await read.json()).toMatchObject({ entries: [{ n: 3, to: customer }] });
});

test("the ledger file has one line per accepted send, in order, before the caller is answered", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ledger-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const ledgerFile = join(folder, "deep", "whatsapp.jsonl");
  const { simulator } = await startWhatsapp({ ledgerFile });

  await Promise.all(Array.from({ length: 30 }, () => post(simulator)));

  const lines = (await readFile(ledgerFile, "utf8")).trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(simulator.ledger.entries());
});

test.each([
  ["127.0.0.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.0.0.7", false],
  ["::ffff:10.0.0.7", false],
  [undefined, false],
])("a caller at %s may use the control routes: %s", (address, allowed) => {
  expect(isLoopback(address)).toBe(allowed);
});
