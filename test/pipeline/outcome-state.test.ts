import { expect, onTestFinished, test } from "vitest";
import { postGreen } from "../support/customers.ts";
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
