import { afterAll, beforeAll, expect, test } from "vitest";
import { sign, startTestApi, type TestApi } from "../support/api.ts";
import { metaTexts } from "../support/bodies.ts";

let api: TestApi;
const secret = "app secret";

beforeAll(async () => {
  api = await startTestApi({ WHATSAPP_APP_SECRET: secret });
  for (const externalId of ["1", "2"])
    await api.addChannel({ _id: `wa${externalId}`, provider: "whatsapp-cloud", externalId });
});
afterAll(() => api.stop());

const post = async (body: object) =>
  (await api.post("/api/v1/webhooks/whatsapp", body, sign(body, secret))).status;
const customers = (count: number, phoneNumberId: string) =>
  Array.from({ length: count }, (_, place) => ({
    phoneNumberId,
    from: String(79_000_000_000 + place),
  }));

test("a body of more conversations than Meta packs into one is kept for a person, once for each channel", async () => {
  expect(await post(metaTexts(...customers(600, "1"), ...customers(600, "2")))).toBe(200);

  const parked = (await api.readJournal()).filter((entry) => entry.parked !== undefined);
  expect(parked.map(({ channelId }) => channelId).toSorted()).toEqual(["wa1", "wa2"]);
  expect(parked.map(({ pending }) => pending)).toEqual([[], []]);
});

test("a signed body that names thousands of unknown accounts is answered, and ours in it are kept", async () => {
  const strangers = Array.from({ length: 3000 }, (_, n) => ({ phoneNumberId: `9${n}`, from: "7" }));

  expect(await post(metaTexts({ phoneNumberId: "1", from: "79001112233" }, ...strangers))).toBe(
    200,
  );
});
