import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { shortTimes, startSystem, type TestSystem } from "../support/system.ts";

const faults = {
  dropAfter: { probability: 0.15 },
  fail5xxAfter: { probability: 0.15 },
  dropBefore: { probability: 0.1 },
  fail5xxBefore: { probability: 0.1 },
};
const noFaults = { dropAfter: 0, fail5xxAfter: 0, dropBefore: 0, fail5xxBefore: 0 };
const customers = Array.from({ length: 100 }, (_, n) => String(447_706_000_000 + n));

test("Green API: 100 sends, half of them with a lost or false answer, are one message each at the provider", async () => {
  const system = await startSystem({ greenApi: { perSecond: 500 } });
  onTestFinished(system.stop);
  system.greenApi.switches.set(faults);

  for (const from of customers) await system.greenApi.customerSays({ from, text: `I am ${from}` });
  await eventually(() => expectEverySend(system, ["sent"]), 40_000);

  expect(textsOf(system.greenApi)).toEqual(customers.map((from) => `Вы написали: I am ${from}`));
}, 90_000);

test("Wazzup24: 100 sends, half of them with a lost or false answer, are one message each at the provider", async () => {
  const system = await startSystem({ wazzup24: { perSecond: 500 } });
  onTestFinished(system.stop);
  const { wazzup24 } = system;
  wazzup24.switches.set(faults);

  await Promise.all(customers.map((from) => wazzup24.customerSays({ from, text: `I am ${from}` })));
  await eventually(() => expectEverySend(system, ["sent"]), 40_000);

  expect(textsOf(wazzup24)).toEqual(customers.map((from) => `Вы написали: I am ${from}`));
}, 90_000);

test("Chatrace, which nobody can ask: nothing unknown is repeated, everything unknown is shown", async () => {
  const system = await startSystem({ chatrace: { perSecond: 500 } });
  onTestFinished(system.stop);
  const { chatrace } = system;
  chatrace.switches.set(faults);

  await Promise.all(customers.map((from) => chatrace.customerSays({ from, text: `I am ${from}` })));
  await eventually(() => expectEverySend(system, ["sent", "held"]), 40_000);
  chatrace.switches.set(noFaults);
  await chatrace.customerSays({ from: "447700900900", text: "a neighbour" });
  await chatrace.ledger.waitFor(({ to }) => to === "447700900900", 20_000);

  const to = chatrace.ledger.entries().map((entry) => entry.to);
  expect(new Set(to).size).toBe(to.length);
  const held = (await system.readOutgoing()).filter(({ state }) => state === "held");
  const lost = customers.filter((customer) => !to.includes(customer));
  expect(lost.length).toBeGreaterThan(5);
  expect(held.map(({ peer }) => peer)).toEqual(expect.arrayContaining(lost));
  // No later evidence can come: only a person may send them again.
  expect(held.filter(({ sweepAt }) => sweepAt !== undefined)).toEqual([]);
  const shown = (await system.readAll("alerts")).map(({ subject }): unknown => subject);
  expect(shown).toEqual(expect.arrayContaining(held.map(({ _id }) => _id)));
}, 90_000);

test("WhatsApp: what arrived is settled by its receipt, what did not is held and repeated once when later receipts have flowed", async () => {
  const settings = { RECEIPT_SILENCE_MS: "8000" };
  const system = await startSystem({ whatsapp: { perSecond: 500 }, settings });
  onTestFinished(system.stop);
  const { whatsapp } = system;
  whatsapp.switches.set(faults);

  await Promise.all(customers.map((from) => whatsapp.customerSays({ from, text: `I am ${from}` })));
  await eventually(() => expectEverySend(system, ["sent", "held"]), 40_000);
  const held = (await system.readOutgoing()).filter(({ state }) => state === "held");
  const lost = customers.filter((to) => whatsapp.ledger.entries({ to }).length === 0);
  expect(held.map(({ peer }) => peer).toSorted()).toEqual(lost);
  expect(lost.length).toBeGreaterThan(5);
  whatsapp.switches.set(noFaults);
  await whatsapp.customerSays({ from: "447700900900", text: "a neighbour" });
  await whatsapp.ledger.waitFor(101, 20_000);
  await eventually(() => expectRepeated(system, held), 30_000);

  expect(textsOf(whatsapp)).toEqual(
    [...customers.map((from) => `I am ${from}`), "a neighbour"]
      .map((text) => `Вы написали: ${text}`)
      .toSorted(),
  );
}, 90_000);

test.each([
  { why: "without receipts", switches: { statusesOff: true }, unknownPolicy: "evidence" as const },
  { why: "where the channel holds always", switches: {}, unknownPolicy: "hold" as const },
])(
  "WhatsApp $why: nothing unknown is repeated, everything unknown is shown",
  async ({ switches, unknownPolicy }) => {
    const system = await startSystem({ whatsapp: { perSecond: 500, unknownPolicy } });
    onTestFinished(system.stop);
    const { whatsapp } = system;
    whatsapp.switches.set({ ...faults, ...switches });

    await Promise.all(
      customers.map((from) => whatsapp.customerSays({ from, text: `I am ${from}` })),
    );
    await eventually(() => expectEverySend(system, ["sent", "held"]), 40_000);
    whatsapp.switches.set(noFaults);
    await whatsapp.customerSays({ from: "447700900900", text: "a neighbour" });
    await eventually(() => expectReconsidered(system), 20_000);

    const ledger = whatsapp.ledger.entries().map(({ to }) => to);
    expect(new Set(ledger).size).toBe(ledger.length);
    const outgoing = await system.readOutgoing();
    expect(outgoing).toHaveLength(101);
    const held = outgoing.filter(({ state }) => state === "held").map(({ _id }) => _id);
    const alerts = await system.readAll("alerts");
    expect(held.length).toBeGreaterThan(5);
    expect(alerts.map(({ subject }): unknown => subject)).toEqual(expect.arrayContaining(held));
  },
  90_000,
);

const textsOf = ({ ledger }: Pick<TestSystem["whatsapp"], "ledger">): readonly string[] =>
  ledger
    .entries()
    .map(({ text }) => text)
    .toSorted();

async function expectEverySend(system: TestSystem, states: readonly string[]): Promise<void> {
  const outgoing = await system.readOutgoing();
  expect(outgoing.length).toBeGreaterThanOrEqual(customers.length);
  expect(outgoing.filter(({ state }) => !states.includes(state))).toEqual([]);
}

async function expectRepeated(system: TestSystem, held: readonly { _id: string }[]): Promise<void> {
  const outgoing = await system.readOutgoing();
  expect(outgoing.filter(({ reason }) => reason?.includes("sent again by itself"))).toHaveLength(
    held.length,
  );
  const repeats = outgoing.filter(
    ({ resendOf, state }) => resendOf !== undefined && state === "sent",
  );
  expect(repeats.map(({ resendOf }) => String(resendOf)).toSorted()).toEqual(
    held.map(({ _id }) => _id),
  );
}

/** Whatever is held was looked at after the silence that would allow a repeat, or is nobody's to repeat. */
async function expectReconsidered(system: TestSystem): Promise<void> {
  const outgoing = await system.readOutgoing();
  const silenceMs = Number(shortTimes["RECEIPT_SILENCE_MS"]);
  const unseen = outgoing.filter(
    ({ state, sweepAt, unknownAt }) =>
      state === "held" &&
      sweepAt !== undefined &&
      sweepAt.getTime() <= (unknownAt?.getTime() ?? 0) + silenceMs,
  );
  expect(unseen).toEqual([]);
  expect(outgoing.filter(({ peer }) => peer === "447700900900")).toHaveLength(1);
}
