import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;
let green: Awaited<ReturnType<typeof createGreenApiSimulator>>;
let token: string;

beforeAll(async () => {
  green = await createGreenApiSimulator();
  rest = await startTestRest({
    GREEN_API_URL: green.url,
    PUBLIC_URL: "https://switchboard.example.com/",
  });
  ({ token } = await rest.addUser("admin"));
  const own = { externalId: "1101999001", token: "demo-green-token", secrets: ["s3cret-of-ours"] };
  await rest.api.addChannel({ _id: "green", key: "our-key", ...own });
  await rest.api.addChannel({ _id: "refused", token: "wr0ng" });
  await rest.api.addChannel({ _id: "meta", provider: "whatsapp-cloud", token: "t" });
});
afterAll(() => Promise.all([rest.api.stop(), green.close()]));
beforeEach(() => {
  green.switches.set({ stateInstance: "authorized", expiredToken: false });
});

const ask = (method: string, where: string) =>
  rest.call(method, `/api/v1/channels/${where}`, { token });
const url = "https://switchboard.example.com/api/v1/webhooks/green-api/our-key";

test("what is wrong at the instance is shown, set right when it is asked for, and then right", async () => {
  const before = await ask("GET", "green/device");
  const applied = await ask("POST", "green/device/settings");
  const again = await ask("POST", "green/device/settings");
  const after = await ask("GET", "green/device");

  expect(before.body).toMatchObject({ state: "authorized" });
  expect(before.body["settings_faults"]).toContainEqual({
    name: "webhookUrl",
    is: "",
    should: url,
  });
  expect(applied.body).toMatchObject({
    changed: before.body["settings_faults"],
    note: expect.stringContaining("5 minutes"),
  });
  expect(again.body).toEqual({ changed: [], note: null });
  expect(after.body).toEqual({ state: "authorized", settings_faults: [] });
  expect(JSON.stringify([before, applied])).not.toContain("s3cret");
});

test("a logged-out phone has a code, and a linked one says so", async () => {
  const linked = await ask("GET", "green/device/code");
  green.switches.set({ stateInstance: "notAuthorized" });
  const code = await ask("GET", "green/device/code");

  expect(linked.body).toMatchObject({ kind: "linked" });
  expect(code.body).toMatchObject({ kind: "code", content: expect.stringMatching(/^iVBOR/) });
});

test("a restart and a forgotten queue are written into the audit log", async () => {
  const answers = [
    await ask("POST", "green/device/reboot"),
    await ask("POST", "green/device/clear-queue"),
  ];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const { body } = await rest.call("GET", "/api/v1/audit", { token });
  expect(body["items"]).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: "clear_device_queue", target: "green" }),
      expect.objectContaining({ action: "reboot_device", target: "green" }),
    ]),
  );
});

test("the provider's refusal is told with what to do, without the token", async () => {
  const answers = [await ask("GET", "refused/device"), await ask("GET", "meta/device")];

  expect(answers.map(({ status }) => status)).toEqual([409, 409]);
  expect(answers[0]?.body["detail"]).toContain("token");
  expect(JSON.stringify(answers)).not.toContain("wr0ng");
});

const switchTo = (id: string, delivery: string) =>
  rest.call("PATCH", `/api/v1/channels/${id}`, { token, body: { delivery } });

test("the delivery is switched at the instance as well, and its settings are right either way", async () => {
  const polled = await switchTo("green", "polling");
  const whilePolled = await ask("GET", "green/device");
  const posted = await switchTo("green", "webhook");
  const whilePosted = await ask("GET", "green/device");

  expect(polled.body["channel"]).toMatchObject({ delivery: "polling" });
  expect(posted.body["channel"]).toMatchObject({ delivery: "webhook" });
  expect([whilePolled, whilePosted].map(({ body }) => body["settings_faults"])).toEqual([[], []]);
});

test("a polled channel's instance that still posts is shown as wrong", async () => {
  await switchTo("green", "polling");
  green.pointWebhooksAt(url);

  const { body } = await ask("GET", "green/device");

  expect(body["settings_faults"]).toEqual([{ name: "webhookUrl", is: url, should: "empty" }]);
  await switchTo("green", "webhook");
});

test("a switch that the provider refuses changes nothing here", async () => {
  green.switches.set({ expiredToken: true });
  const refused = await switchTo("green", "polling");
  const shown = await rest.call("GET", "/api/v1/channels/green", { token });

  expect(refused.status).toBe(409);
  expect(shown.body).toMatchObject({ delivery: "webhook" });
});
