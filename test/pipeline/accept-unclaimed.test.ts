import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, textOf, type TestApi } from "../support/api.ts";
import { greenText, minimalText } from "../support/bodies.ts";
import { eventually } from "../support/eventually.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ TRUST_PROXY: "127.0.0.1" });
  await api.addChannel({ _id: "one", externalId: "1", secrets: ["one"] });
  await api.addChannel({ _id: "two", externalId: "2", secrets: ["two"] });
});
afterAll(() => api.stop());

const unclaimedFrom = async (address: string) =>
  (await api.readJournal()).filter(({ _id }) => _id.startsWith(`unclaimed|${address}|`));
const bodyOf = (n: number) => greenText(77, "1", `body ${n}`);
const from = (address: string) => ({ "x-forwarded-for": address });

test("a body of an unknown channel is answered 200 and kept for a day, open for no worker", async () => {
  const before = Date.now();

  const answer = await api.post("/webhook", greenText(77, "1", "x"), from("198.51.100.1"));

  expect(await answer.json()).toEqual({ status: "ok" });
  const [kept] = await eventually(async () => {
    const found = await unclaimedFrom("198.51.100.1");
    expect(found).toHaveLength(1);
    return found;
  });
  expect(kept).toMatchObject({ unclaimed: true, pending: [], channelId: "" });
  expect(kept).not.toHaveProperty("sweepAt");
  const day = 86_400_000;
  expect(Math.abs((kept?.expiresAt?.getTime() ?? 0) - before - day)).toBeLessThan(60_000);
});

test("one address keeps its last 20 bodies and takes nobody else's place", async () => {
  for (let n = 0; n < 25; n++) await api.post("/webhook", bodyOf(n), from("198.51.100.2"));
  await api.post("/webhook", bodyOf(99), from("198.51.100.3"));

  await eventually(async () => {
    expect(await unclaimedFrom("198.51.100.2")).toHaveLength(20);
    expect(await unclaimedFrom("198.51.100.3")).toHaveLength(1);
    const bodies = (await unclaimedFrom("198.51.100.2")).map(textOf);
    expect(bodies.filter((body) => body.includes("body 24"))).toHaveLength(1);
    expect(bodies.filter((body) => body.includes('body 4"'))).toHaveLength(0);
  });
});

test("a whole IPv6 network counts as one address", async () => {
  await api.post("/webhook", greenText(77, "1", "x"), from("2001:db8:1:2::1"));
  await api.post("/webhook", greenText(77, "1", "y"), from("2001:db8:1:2:ffff::9"));

  await eventually(async () => expect(await unclaimedFrom("2001:db8:1:2::")).toHaveLength(2));
});

test("an unknown key in the address and a body for a default that is not set are unclaimed", async () => {
  const key = await api.post("/api/v1/webhooks/green-api/nobody", greenText(1, "1", "x"));
  const noDefault = await api.post("/webhook", minimalText);

  expect([key.status, noDefault.status]).toEqual([200, 200]);
  const claimed = (await api.readJournal()).filter(({ unclaimed }) => unclaimed !== true);
  expect(claimed).toEqual([]);
});

test("on a channel's own address another channel's body is nobody's", async () => {
  const answer = await api.post("/api/v1/webhooks/green-api/one", greenText(2, "1", "x"), {
    authorization: "one",
    ...from("198.51.100.4"),
  });

  expect(answer.status).toBe(200);
  await eventually(async () => expect(await unclaimedFrom("198.51.100.4")).toHaveLength(1));
  const claimed = (await api.readJournal()).filter(({ unclaimed }) => unclaimed !== true);
  expect(claimed).toEqual([]);
});
