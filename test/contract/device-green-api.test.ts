import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHttp } from "#shared/providers/http.ts";
import { device } from "#shared/providers/green-api/device.ts";
import type { WantedSettings } from "#shared/providers/provider.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 5000 });
let green: Awaited<ReturnType<typeof createGreenApiSimulator>>;
beforeAll(async () => {
  green = await createGreenApiSimulator({ webhookToken: "another" });
});
afterAll(() => Promise.all([http.close(), green.close()]));
beforeEach(() => green.switches.set({ stateInstance: "authorized" }));

const call = (apiUrl = green.url, token = "demo-green-token") => ({
  http,
  account: { externalId: "1101999001", apiUrl, token, guarded: false },
  signal: new AbortController().signal,
});
const url = "https://switchboard.example.com/api/v1/webhooks/green-api/key";
const wanted: WantedSettings = {
  url,
  path: "/api/v1/webhooks/green-api/key",
  isOurs: (given) => given === url,
  secret: "s3cret-of-ours",
};

test("the state and the code follow the phone", async () => {
  expect(await device.readState(call())).toEqual({ state: "ok", done: { state: "authorized" } });
  expect(await device.showCode(call())).toMatchObject({ done: { kind: "linked" } });
  green.switches.set({ stateInstance: "notAuthorized" });

  expect(await device.readState(call())).toMatchObject({ done: { state: "notAuthorized" } });
  expect(await device.showCode(call())).toMatchObject({
    done: { kind: "code", content: expect.stringMatching(/^iVBOR/) },
  });
});

test("a restart ends a yellow card", async () => {
  green.switches.set({ stateInstance: "yellowCard" });

  expect(await device.reboot(call())).toEqual({ state: "ok", done: {} });
  expect(await device.readState(call())).toMatchObject({ done: { state: "authorized" } });
});

test("wrong settings are listed without secrets, written once, and then right", async () => {
  const found = await device.checkSettings(call(), wanted);
  const written = await device.applySettings(call(), wanted);
  const after = await device.checkSettings(call(), wanted);

  expect(found).toMatchObject({
    state: "ok",
    done: expect.arrayContaining([
      { name: "webhookUrl", is: "", should: url },
      { name: "webhookUrlToken", is: "another one", should: "the channel's secret" },
      { name: "outgoingAPIMessageWebhook", is: "no", should: "yes" },
    ]),
  });
  expect(JSON.stringify([found, written])).not.toMatch(/s3cret|"another"/);
  expect(written).toEqual(found);
  expect(after).toEqual({ state: "ok", done: [] });
});

test("where nothing differs nothing is written", async () => {
  const right = {
    webhookUrl: url,
    webhookUrlToken: "s3cret-of-ours",
    incomingWebhook: "yes",
    outgoingWebhook: "yes",
    outgoingMessageWebhook: "yes",
    outgoingAPIMessageWebhook: "yes",
    stateWebhook: "yes",
    pollMessageWebhook: "yes",
    incomingCallWebhook: "yes",
    editedMessageWebhook: "yes",
    deletedMessageWebhook: "yes",
  };
  await using far = await startFarSide(answerJson(right));

  expect(await device.applySettings(call(far.url), wanted)).toEqual({ state: "ok", done: [] });
  expect(far.seen.map(({ path }) => path?.split("/")[2])).toEqual(["getSettings"]);
});

test("the queue is forgotten when it is asked for", async () => {
  expect(await device.clearQueue(call())).toEqual({ state: "ok", done: {} });
});

test("a wrong token is refused with what to do, and not quoted", async () => {
  const answer = await device.readState(call(green.url, "wr0ng"));

  expect(answer).toMatchObject({ state: "refused", advice: expect.stringContaining("token") });
  expect(JSON.stringify(answer)).not.toContain("wr0ng");
});

test("a page of a proxy is no answer", async () => {
  await using far = await startFarSide((response) => response.writeHead(200).end("<html>"));

  expect(await device.readState(call(far.url))).toMatchObject({ state: "unreached" });
});
