import { afterAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { startReceiver, type ReceiverAnswer } from "../support/receiver.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const made = z.looseObject({ id: z.string() });
const log = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      state: z.string(),
      webhook_id: z.string(),
      attempts: z.array(z.looseObject({ outcome: z.string() })),
    }),
  ),
});

/** Whose messages every receiver takes. */
const probe = "447700900600";
const answers = new Map<string, (count: number) => ReceiverAnswer>();
const counts = new Map<string, number>();
const receiver = await startReceiver(({ path, body }) => {
  if (body.includes(`${probe}@c.us`)) return {};
  const count = (counts.get(path) ?? 0) + 1;
  counts.set(path, count);
  return answers.get(path)?.(count) ?? {};
});
const system = await startSystem({
  settings: { TRUSTED_URLS: receiver.url, CRM_RETRY_S: "0,1,0", CRM_DISABLE_AFTER_MS: "3000" },
});
afterAll(async () => {
  await system.stop();
  receiver.close();
});
const admin = await signIn(system, "admin");

/** A connection that is heard of, and then answers as it is told. */
async function connect(name: string, answer: (count: number) => ReceiverAnswer) {
  const body = { name, url: `${receiver.url}/${name}`, events: ["message.received"] };
  const { id } = made.parse((await admin.post("/api/v1/connections", body)).body);
  const path = `/api/v1/connections/${id}`;
  const read = async () => log.parse((await admin.get(`${path}/deliveries`)).body).items;
  await eventually(async () => {
    await system.greenApi.customerSays({ from: probe, text: "?" });
    expect((await read()).some(({ state }) => state === "sent")).toBe(true);
  }, 15_000);
  answers.set(`/${name}`, answer);
  onTestFinished(async () => void (await admin.send("DELETE", path, {})));
  return { path, read };
}

const toldTo = (name: string, from: string) =>
  receiver.received
    .filter(({ path, body }) => path === `/${name}` && body.includes(`${from}@c.us`))
    .map(({ headers, body }) => ({ id: String(headers["webhook-id"]), body }));

test("a delivery that fails goes again under its id and holds back those after it", async () => {
  const from = "447700900601";
  await connect("flaky", (count) => (count <= 2 ? { status: 500 } : {}));

  await system.greenApi.customerSays({ from, text: "first" });
  await system.greenApi.customerSays({ from, text: "second" });
  await eventually(() => expect(toldTo("flaky", from)).toHaveLength(4), 15_000);

  const told = toldTo("flaky", from);
  expect(new Set(told.slice(0, 3).map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
  expect(told.map(({ body }) => /first|second/.exec(body)?.[0])).toEqual([
    "first",
    "first",
    "first",
    "second",
  ]);
});

test("a connection that is away holds up neither replies nor another connection", async () => {
  const from = "447700900602";
  await connect("well", () => ({}));
  await connect("away", () => ({ cut: true }));

  await system.greenApi.customerSays({ from, text: "Hello" });

  await system.greenApi.ledger.waitFor(({ to }) => to === `${from}@c.us`, 10_000);
  await eventually(() => expect(toldTo("well", from)).toHaveLength(1), 10_000);
});

test("a receiver that is gone is switched off with an alert, and what it missed is redelivered", async () => {
  const from = "447700900603";
  const { path, read } = await connect("gone", () => ({ status: 410 }));

  await system.greenApi.customerSays({ from, text: "Hello" });
  await eventually(async () => {
    expect((await admin.get(path)).body).toMatchObject({ is_active: false });
  }, 10_000);
  const missed = await eventually(async () => {
    const found = (await read()).find(({ state }) => state === "canceled");
    if (found === undefined) throw new Error("nothing was canceled yet");
    return found;
  }, 15_000);

  expect(await system.readAll("alerts")).toContainEqual(
    expect.objectContaining({ kind: "connection.disabled", subject: path.split("/").at(-1) }),
  );
  const redeliver = `/api/v1/deliveries/${encodeURIComponent(missed.id)}/redeliver`;
  expect((await admin.post(redeliver)).status).toBe(409);
  answers.delete("/gone");
  await admin.send("PATCH", path, { is_active: true });
  await eventually(async () => {
    await admin.post(redeliver);
    expect((await read()).find(({ id }) => id === missed.id)).toMatchObject({ state: "sent" });
  }, 15_000);
  expect(new Set(toldTo("gone", from).map(({ id }) => id))).toEqual(new Set([missed.webhook_id]));
});

test("after its last attempt a delivery is given up with an alert, and the next one goes", async () => {
  const from = "447700900604";
  const { path, read } = await connect("broken", (count) => (count <= 4 ? { status: 503 } : {}));

  await system.greenApi.customerSays({ from, text: "lost" });
  await eventually(async () => {
    const failed = (await read()).find(({ state }) => state === "failed");
    expect(failed?.attempts).toHaveLength(4);
  }, 15_000);
  await system.greenApi.customerSays({ from, text: "later" });

  await eventually(() => expect(toldTo("broken", from)).toHaveLength(5), 10_000);
  expect((await admin.get(path)).body).toMatchObject({ is_active: true });
  expect(await system.readAll("alerts")).toContainEqual(
    expect.objectContaining({ kind: "delivery.failed" }),
  );
});

test("a connection that has failed for long is switched off", async () => {
  const { path } = await connect("dead", () => ({ status: 500 }));

  await eventually(async () => {
    await system.greenApi.customerSays({ from: "447700900605", text: "Hello" });
    expect((await admin.get(path)).body).toMatchObject({
      is_active: false,
      disabled_reason: expect.stringContaining("every delivery failed since"),
    });
  }, 20_000);
});
