import { expect, test } from "vitest";
import { statusesIn } from "./receive-webhooks.ts";
import { customer, post, refusal, startWhatsapp } from "./whatsapp-setup.ts";

const quiet = { statusGapMs: 1, statusBatchMs: 0 };
const outcomes = (simulator: { ledger: { entries(): { outcome: string }[] } }) =>
  simulator.ledger.entries().map(({ outcome }) => outcome);

test("answer429 strikes the next N sends, with Retry-After when asked", async () => {
  const { simulator } = await startWhatsapp(quiet);
  simulator.switches.set({ answer429: { next: 1, retryAfterSeconds: 7 } });

  const limited = await post(simulator);

  expect(limited.headers.get("retry-after")).toBe("7");
  expect(await refusal(limited)).toEqual([429, 130429]);
  expect((await post(simulator)).status).toBe(200);
  expect(outcomes(simulator)).toEqual(["answered"]);
});

test("fail5xxBefore accepts nothing, fail5xxAfter does", async () => {
  const { simulator, hook } = await startWhatsapp(quiet);
  simulator.switches.set({ fail5xxBefore: 1, fail5xxAfter: { next: 1, status: 502 } });

  expect(await refusal(await post(simulator))).toEqual([500, 131000]);
  expect(simulator.ledger.size).toBe(0);
  const after = await post(simulator);
  expect([after.status, after.headers.get("content-type")]).toEqual([502, "text/html"]);
  expect(outcomes(simulator)).toEqual(["failed5xx"]);
  await hook.until(() => statusesIn(hook.all).length === 2);
});

test("dropBefore accepts nothing, dropAfter does; both destroy the socket", async () => {
  const { simulator } = await startWhatsapp(quiet);
  simulator.switches.set({ dropBefore: 1, dropAfter: 1 });

  await expect(post(simulator)).rejects.toThrow("fetch failed");
  expect(simulator.ledger.size).toBe(0);
  await expect(post(simulator)).rejects.toThrow("fetch failed");
  expect(outcomes(simulator)).toEqual(["dropped"]);
});

test("hangMs accepts and is silent until the caller gives up", async () => {
  const { simulator } = await startWhatsapp(quiet);
  simulator.switches.set({ hangMs: { next: 1, ms: 60_000 } });

  const silent = post(simulator);
  const [entry] = await simulator.ledger.waitFor(1);
  const first = await Promise.race([silent, post(simulator).then(() => "a later send")]);

  expect(entry?.outcome).toBe("hung");
  expect(first).toBe("a later send");
  silent.catch(() => "cut by close");
});

test("latencyMs and onlyTo slow one customer's sends down", async () => {
  const { simulator } = await startWhatsapp(quiet);
  simulator.noteInbound("12025550102");
  simulator.switches.set({ latencyMs: 150, onlyTo: customer });

  const slow = post(simulator);
  await post(simulator, { body: { to: "12025550102" } });
  await slow;

  expect(simulator.ledger.entries().map(({ to }) => to)).toEqual(["12025550102", customer]);
});

test("expiredToken answers 190 with subcode 463 until it is off", async () => {
  const { simulator } = await startWhatsapp(quiet);
  simulator.switches.set({ expiredToken: true });

  expect(await (await post(simulator)).json()).toMatchObject({
    error: { code: 190, error_subcode: 463 },
  });
  simulator.switches.set({ expiredToken: false });
  expect((await post(simulator)).status).toBe(200);
});

async function sendTwentyAtOdds() {
  const { simulator } = await startWhatsapp(quiet);
  simulator.switches.set({ seed: 42, fail5xxBefore: { probability: 0.5 } });
  const statuses: number[] = [];
  for (let n = 0; n < 20; n += 1) statuses.push((await post(simulator)).status);
  return statuses;
}

test("odds repeat exactly with the same seed", async () => {
  const first = await sendTwentyAtOdds();

  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await sendTwentyAtOdds()).toEqual(first);
});

test("holdStatuses keeps receipts back, and they leave in the asked order", async () => {
  const { simulator, hook } = await startWhatsapp({ ...quiet, statusBatchMs: 20 });
  simulator.switches.set({ holdStatuses: true, readStatuses: true });

  await post(simulator);
  await simulator.idle();
  expect(hook.all).toEqual([]);
  simulator.switches.set({ holdStatuses: false, reorderWebhooks: "reverse" });
  await hook.until(() => statusesIn(hook.all).length === 3);

  expect(statusesIn(hook.all).map(({ status }) => status)).toEqual(["read", "delivered", "sent"]);
});

test("statusesOff sends no receipts, failStatus sends a failed one", async () => {
  const { simulator, hook } = await startWhatsapp(quiet);

  simulator.switches.set({ statusesOff: true });
  await post(simulator);
  await simulator.idle();
  simulator.switches.set({ statusesOff: false, failStatus: { code: 131026 } });
  await post(simulator, { body: { biz_opaque_callback_data: "effect-2" } });
  await simulator.idle();

  expect(statusesIn(hook.all)).toMatchObject([
    { status: "failed", biz_opaque_callback_data: "effect-2", errors: [{ code: 131026 }] },
  ]);
});

test("duplicateWebhooks posts the same bytes so many times", async () => {
  const { simulator, hook } = await startWhatsapp();
  simulator.switches.set({ duplicateWebhooks: 20 });

  await simulator.customerSays({ text: "Hi" });

  expect(new Set(hook.all.map(({ raw }) => raw.toString())).size).toBe(1);
  expect(hook.all).toHaveLength(20);
});

test("switches are read and changed over HTTP; an unknown field is named and changes nothing", async () => {
  const { simulator } = await startWhatsapp();
  const patch = (body: object) =>
    fetch(`${simulator.url}/_simulator/switches`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  const refused = await patch({ latencyMs: 5, latency: 5 });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({ error: 'unknown field "latency"' });
  expect((await patch({ latencyMs: -1 })).status).toBe(400);
  expect(simulator.switches.now.latencyMs).toBe(0);
  expect((await patch({ latencyMs: 5, dropAfter: 3 })).status).toBe(200);
  const read = await fetch(`${simulator.url}/_simulator/switches`);
  expect(await read.json()).toMatchObject({ latencyMs: 5, dropAfter: { next: 3 } });
});
