import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sign, startTestApi, type TestApi } from "../support/api.ts";
import { greenText, metaTexts, minimalText } from "../support/bodies.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    WHATSAPP_APP_SECRET: "new secret,old secret",
    WEBHOOK_SECRET: "shared",
  });
  await api.addChannel({ _id: "wa", provider: "whatsapp-cloud", externalId: "100" });
  const own = { _id: "wa-own", provider: "whatsapp-cloud", externalId: "200", secrets: ["own"] };
  await api.addChannel(own);
  await api.addChannel({ _id: "green", externalId: "1", secrets: ["green-secret"] });
  await api.addChannel({ _id: "green-default", externalId: "2", defaultOf: "green-api" });
});
afterAll(() => api.stop());

const postMeta = async (phoneNumberId: string, secret: string) => {
  const body = metaTexts({ phoneNumberId, from: "79001112233" });
  return (await api.post("/api/v1/webhooks/whatsapp", body, sign(body, secret))).status;
};

test("Meta's signature is proven by the new secret and by the old one", async () => {
  expect(await postMeta("100", "new secret")).toBe(200);
  expect(await postMeta("100", "old secret")).toBe(200);
  expect(await postMeta("100", "another")).toBe(401);
});

test("a channel with secrets of its own is not reached by the app's", async () => {
  expect(await postMeta("200", "own")).toBe(200);
  expect(await postMeta("200", "new secret")).toBe(401);
});

test("the signature is over the bytes as sent, escapes and all", async () => {
  const body = JSON.stringify(metaTexts({ phoneNumberId: "100", from: "1", text: "A" })).replace(
    '"A"',
    String.raw`"\u041f\u0440\/"`,
  );

  const answer = await api.post("/api/v1/webhooks/whatsapp", body, sign(body, "new secret"));

  expect(answer.status).toBe(200);
});

test("a signature of another body, a broken one and none are 401", async () => {
  const body = metaTexts({ phoneNumberId: "100", from: "1" });
  const foreign = await api.post("/api/v1/webhooks/whatsapp", body, sign("else", "new secret"));
  const broken = await api.post("/api/v1/webhooks/whatsapp", body, {
    "x-hub-signature-256": "sha256=zz",
  });
  const none = await api.post("/api/v1/webhooks/whatsapp", body);

  expect([foreign.status, broken.status, none.status]).toEqual([401, 401, 401]);
});

const spellings: readonly Readonly<Record<string, string>>[] = [
  { authorization: "Bearer green-secret" },
  { authorization: "Basic green-secret" },
  { authorization: "green-secret" },
  { "x-webhook-token": "green-secret" },
];

test.for(spellings)("Green API's token is taken as %o", async (headers) => {
  const answer = await api.post("/webhook", greenText(1, "79001112233", "hi"), headers);

  expect(answer.status).toBe(200);
});

test("WEBHOOK_SECRET opens the route's default channel and no other", async () => {
  const shared = { "x-webhook-token": "shared" };
  const toDefault = await api.post("/webhook", minimalText, shared);
  const toNamed = await api.post("/webhook", greenText(2, "79001112233", "hi"), shared);
  const toOther = await api.post("/webhook", greenText(1, "79001112233", "hi"), shared);
  const without = await api.post("/webhook", minimalText);

  expect([toDefault.status, toNamed.status, toOther.status, without.status]).toEqual([
    200, 200, 401, 401,
  ]);
});

test("on its own address a channel asks for its own secret", async () => {
  const path = "/api/v1/webhooks/green-api/green";
  const right = await api.post(path, greenText(1, "1", "x"), { authorization: "green-secret" });
  const wrong = await api.post(path, greenText(1, "1", "x"), { authorization: "shared" });

  expect([right.status, wrong.status]).toEqual([200, 401]);
});

const postTwice = (header: string, values: readonly string[]) =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = { [header]: [...values] };
    request(`${api.url}/webhook`, { method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end(JSON.stringify(greenText(1, "79001112233", "hi")));
  });

test.for(["authorization", "x-webhook-token"])(
  "a secret that came twice in %s proves nothing, whichever comes first",
  async (header) => {
    expect(await postTwice(header, ["green-secret", "guess"])).toBe(401);
    expect(await postTwice(header, ["guess", "green-secret"])).toBe(401);
    expect(await postTwice(header, ["green-secret", "green-secret"])).toBe(401);
  },
);
