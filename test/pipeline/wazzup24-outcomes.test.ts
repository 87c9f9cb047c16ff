import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type SystemOptions, type TestSystem } from "../support/system.ts";

const from = "447700900123";

const start = async (options: SystemOptions = {}): Promise<TestSystem> => {
  const system = await startSystem(options);
  onTestFinished(system.stop);
  return system;
};

/** Sends of the lane, once all of them have this. */
const sends = (system: TestSystem, each: object, count: number) =>
  eventually(async () => {
    const all = await system.readOutgoing();
    expect(all).toMatchObject(Array.from({ length: count }, () => each));
    return all;
  }, 20_000);

test("a send whose answer was lost is asked about within the minute, and is there once", async () => {
  const system = await start();
  const { ledger, customerSays, switches } = system.wazzup24;
  switches.set({ dropAfter: 1 });

  await customerSays({ from, text: "1" });
  await sends(system, { state: "sent", attempt: 1 }, 1);
  switches.set({ dropBefore: 1 });
  await customerSays({ from, text: "2" });
  await sends(system, { state: "sent", attempt: 1 }, 2);

  const texts = ledger.entries().map(({ text }) => text);
  expect(texts).toEqual(["Вы написали: 1", "Вы написали: 2"]);
});

test("429 slows the channel down and loses nothing", async () => {
  const system = await start();
  const { ledger, customerSays, switches } = system.wazzup24;
  switches.set({ answer429: 1 });

  await customerSays({ from, text: "1" });

  expect(await ledger.waitFor(1, 25_000)).toMatchObject([{ text: "Вы написали: 1" }]);
}, 60_000);

test("a channel that is not paid pauses ours, and goes on when it is active", async () => {
  const system = await start();
  const { ledger, customerSays, switches } = system.wazzup24;
  const paused = async () => (await system.models.channels.find("wazzup"))?.paused?.code;
  switches.set({ refuse: 1, refuseCode: "CHANNEL_NO_MONEY" });

  await customerSays({ from, text: "1" });
  await eventually(async () => expect(await paused()).toBe("CHANNEL_NO_MONEY"), 15_000);
  switches.set({ channelState: "notEnoughMoney" });
  await eventually(async () => expect(await paused()).toBe("account_state"), 15_000);
  switches.set({ channelState: "active" });

  const [reply] = await ledger.waitFor(1, 25_000);
  expect(reply).toMatchObject({ text: "Вы написали: 1" });
  expect(await paused()).toBeUndefined();
}, 60_000);
