import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const patient = { SEND_TIMEOUT_MS: "15000", CLAIM_MARGIN_MS: "16000", CLAIM_MS: "20000" };

test("a failed receipt makes the send failed, with the code and what to do", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  system.whatsapp.switches.set({ failStatus: { code: 131026 } });

  await system.whatsapp.customerSays({ from, text: "1" });

  await eventually(async () => {
    const [failed] = await system.readOutgoing();
    expect(failed).toMatchObject({
      state: "failed",
      code: "131026",
      reason: expect.stringContaining("undeliverable"),
      advice: expect.stringContaining("no WhatsApp"),
    });
    const [alert] = await system.readAll("alerts");
    expect(alert).toMatchObject({ kind: "send.failed", subject: failed?._id });
  }, 15_000);
});

test("a failure that may pass is sent again, once", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { switches, ledger, customerSays } = system.whatsapp;
  switches.set({ failStatus: { code: 131000 }, duplicateWebhooks: 3 });

  await customerSays({ from, text: "1" });
  await ledger.waitFor(2, 15_000);
  await eventually(async () => {
    const states = (await system.readOutgoing()).map(({ state }) => state);
    expect(states).toEqual(["failed", "failed"]);
  }, 15_000);
  switches.set({ failStatus: null });
  await customerSays({ from, text: "2" });
  await ledger.waitFor(({ text }) => text.endsWith("2"), 15_000);

  expect(ledger.entries().map(({ text }) => text)).toEqual([
    "Вы написали: 1",
    "Вы написали: 1",
    "Вы написали: 2",
  ]);
});

test("a failed receipt that overtakes the answer to its send is told and sent again", async () => {
  const system = await startSystem({ settings: patient });
  onTestFinished(system.stop);
  const { switches, ledger, customerSays } = system.whatsapp;
  switches.set({ failStatus: { code: 131000 }, hangMs: { next: 1, ms: 3000 } });

  await customerSays({ from, text: "1" });

  const both = await ledger.waitFor(2, 15_000);
  expect(both.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 1"]);
  await eventually(async () => {
    const states = (await system.readOutgoing()).map(({ state }) => state);
    expect(states).toEqual(["failed", "failed"]);
    const alerts = await system.readAll("alerts");
    expect(alerts.map(({ kind }) => kind)).toEqual(["send.failed", "send.failed"]);
  }, 15_000);
});

test("a failure of the account pauses the channel until somebody resumes it", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { switches, customerSays, ledger } = system.whatsapp;
  switches.set({ failStatus: { code: 131042 } });

  await customerSays({ from, text: "1" });
  await eventually(async () => {
    const channel = await system.models.channels.find("whatsapp");
    expect(channel?.paused).toMatchObject({
      code: "131042",
      reason: expect.stringContaining("payment"),
    });
  }, 15_000);
  switches.set({ failStatus: null });
  await customerSays({ from, text: "2" });
  await eventually(async () => expect(await system.readOutgoing()).toHaveLength(2), 15_000);
  expect(ledger.size).toBe(1);
  await system.models.channels.update("whatsapp", {}, ["paused"]);

  const replies = await ledger.waitFor(2, 25_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 2"]);
}, 60_000);

test("what failed for its pace waits before it goes again", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { switches, ledger, customerSays } = system.whatsapp;
  switches.set({ failStatus: { code: 131056 } });

  await customerSays({ from, text: "1" });
  await eventually(async () => {
    expect((await system.readOutgoing()).map(({ state }) => state)).toEqual(["failed", "queued"]);
  }, 15_000);
  switches.set({ failStatus: null });

  const both = await ledger.waitFor(2, 25_000);
  const gap = Date.parse(both[1]?.at ?? "") - Date.parse(both[0]?.at ?? "");
  expect(gap).toBeGreaterThan(5_000);
}, 60_000);
