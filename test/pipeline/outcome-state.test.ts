import { expect, onTestFinished, test } from "vitest";
import { postGreen, writeGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("an account that is not authorized pauses its channel until it is again", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { switches, ledger, customerSays } = system.greenApi;

  switches.set({ stateInstance: "notAuthorized" });
  await eventually(async () => {
    const channel = await system.models.channels.find("green");
    expect(channel?.paused).toMatchObject({ code: "account_state" });
    expect(await system.readAll("alerts")).toMatchObject([{ kind: "channel.paused" }]);
  }, 15_000);
  await customerSays({ from, text: "1" });
  switches.set({ stateInstance: "authorized" });

  const [reply] = await ledger.waitFor(1, 25_000);
  expect(reply).toMatchObject({ text: "Вы написали: 1" });
  expect((await system.models.channels.find("green"))?.paused).toBeUndefined();
  expect(await system.readAll("alerts")).toMatchObject([{ endedAt: expect.any(Date) }]);
}, 60_000);

const stateAt = (stateInstance: string, timestamp: number) => ({
  typeWebhook: "stateInstanceChanged",
  instanceData: { idInstance: 1_101_999_001, wid: "", typeInstance: "whatsapp" },
  timestamp,
  stateInstance,
});

test("an older word on the account changes nothing, in whatever order words come", async () => {
  const system = await startSystem({ workers: 2 });
  onTestFinished(system.stop);
  const now = Math.floor(Date.now() / 1000);
  const words = Array.from({ length: 20 }, (_, age) =>
    stateAt(age % 2 === 0 ? "authorized" : "notAuthorized", now - age),
  );

  await Promise.all(words.map((word) => postGreen(system, word)));
  await eventually(async () => {
    const open = (await system.readAll("webhooks")).filter(({ pending }) => pending.length > 0);
    expect(open).toEqual([]);
  }, 15_000);

  expect((await system.models.channels.find("green"))?.paused).toBeUndefined();
  await system.greenApi.customerSays({ from, text: "1" });
  expect(await system.greenApi.ledger.waitFor(1, 20_000)).toHaveLength(1);
}, 60_000);

test("a word dated far ahead does not outrank what the provider says afterwards", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const now = Math.floor(Date.now() / 1000);
  const pausedCode = async () => (await system.models.channels.find("green"))?.paused?.code;

  await postGreen(system, stateAt("notAuthorized", now + 10 * 365 * 86_400));
  await eventually(async () => expect(await pausedCode()).toBe("account_state"), 15_000);
  await postGreen(system, stateAt("authorized", now + 5));

  await eventually(async () => expect(await pausedCode()).toBeUndefined(), 15_000);
}, 60_000);

test("a send refused because the account is not authorized resumes the channel when it is again", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { greenApi } = system;
  // No word of the state comes: the refusal alone tells it.
  greenApi.pointWebhooksAt("http://127.0.0.1:1/");
  greenApi.switches.set({ stateInstance: "notAuthorized" });

  await postGreen(system, writeGreen(system, { from, text: "1" }));
  await eventually(async () => {
    const channel = await system.models.channels.find("green");
    expect(channel?.paused).toMatchObject({
      code: "400",
      reason: expect.stringContaining("QR"),
    });
  }, 15_000);
  greenApi.switches.set({ stateInstance: "authorized" });
  await postGreen(system, stateAt("authorized", Math.floor(Date.now() / 1000)));

  const [reply] = await greenApi.ledger.waitFor(1, 25_000);
  expect(reply).toMatchObject({ text: "Вы написали: 1" });
}, 60_000);
