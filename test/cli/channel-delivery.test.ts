import { expect, onTestFinished, test } from "vitest";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { addChannel } from "../support/channels.ts";
import { openWorld, readJson } from "./open-world.ts";
import { runCli } from "./run-cli.ts";

/** A Green API channel whose instance is a simulator. */
async function openGreen() {
  const world = await openWorld();
  const green = await createGreenApiSimulator({ webhookUrl: "https://elsewhere.example.com/hook" });
  onTestFinished(() => green.close());
  const account = { externalId: "1101999001", token: "demo-green-token" };
  await addChannel(world.models.channels, { _id: "green", key: "our-key", ...account });
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    runCli(args, { env: { ...world.settings, GREEN_API_URL: green.url, ...more } });
  const readUrl = async (): Promise<unknown> => {
    const address = `${green.url}/waInstance1101999001/getSettings/demo-green-token`;
    const settings: unknown = await (await fetch(address)).json();
    return Object(settings)["webhookUrl"];
  };
  return { run, readUrl };
}

const base = { PUBLIC_URL: "https://switchboard.example.com" };
const address = "https://switchboard.example.com/api/v1/webhooks/green-api/our-key";
const set = (delivery: string) => ["channel", "set", "green", "--delivery", delivery];

test("polling takes the address away at the instance, webhooks bring ours, and people are told what it costs", async () => {
  const { run, readUrl } = await openGreen();

  const polling = await run(set("polling"));
  const urlWhilePolling = await readUrl();
  const device = await run(["channel", "device", "green"]);
  const webhook = await run(set("webhook"), base);

  expect(polling).toMatchObject({ exitCode: 0, out: expect.stringContaining("5 minutes") });
  expect(polling.out).toContain("fetched by polling");
  expect(urlWhilePolling).toBe("");
  expect(device.out).toContain("all settings are right");
  expect(webhook).toMatchObject({ exitCode: 0, out: expect.stringContaining("5 minutes") });
  expect(await readUrl()).toBe(address);
});

test("what is set already is written nowhere, and nothing restarts", async () => {
  const { run } = await openGreen();
  await run(set("polling"));

  const again = await run([...set("polling"), "--name", "Salon"]);

  expect(again).toMatchObject({ exitCode: 0, out: expect.not.stringContaining("restarts") });
});

test("webhooks without an address of ours are refused, and polling goes on", async () => {
  const { run, readUrl } = await openGreen();
  await run(set("polling"));

  const refused = await run(set("webhook"));
  const listed = await run(["channel", "list", "--json"]);

  expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining("PUBLIC_URL") });
  expect(readJson(listed)).toMatchObject([{ delivery: "polling" }]);
  expect(await readUrl()).toBe("");
});

test("a switch with a token that is set in the same breath uses it", async () => {
  const { run, readUrl } = await openGreen();
  await run(["channel", "set", "green", "--token", "an-old-one"]);

  const refused = await run(set("polling"));
  const done = await run([...set("polling"), "--token", "demo-green-token"]);

  expect([refused.exitCode, done.exitCode]).toEqual([1, 0]);
  expect(await readUrl()).toBe("");
});
