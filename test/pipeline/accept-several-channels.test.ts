import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import { sign, startTestApi, textOf, type TestApi } from "../support/api.ts";
import { metaTexts } from "../support/bodies.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ WHATSAPP_APP_SECRET: "app" });
  const provider = "whatsapp-cloud";
  await api.addChannel({ _id: "a", tenantId: "ta", provider, externalId: "100" });
  await api.addChannel({ _id: "b", tenantId: "tb", provider, externalId: "200" });
  await api.addChannel({ _id: "own", provider, externalId: "300", secrets: ["else"] });
});
afterAll(() => api.stop());

test("one body for two tenants' numbers is one journal document for each, with its own keys", async () => {
  const body = metaTexts(
    { phoneNumberId: "100", from: "79000000001" },
    { phoneNumberId: "200", from: "79000000002" },
    { phoneNumberId: "100", from: "79000000003" },
  );

  const answer = await api.post("/api/v1/webhooks/whatsapp", body, sign(body, "app"));

  expect(answer.status).toBe(200);
  const entries = await api.readJournal();
  expect(
    entries.map(({ tenantId, channelId, pending }) => ({ tenantId, channelId, pending })),
  ).toEqual([
    {
      tenantId: "ta",
      channelId: "a",
      pending: [conversationIdOf("a", "79000000001"), conversationIdOf("a", "79000000003")],
    },
    { tenantId: "tb", channelId: "b", pending: [conversationIdOf("b", "79000000002")] },
  ]);
});

test("a part whose channel the signature does not prove is not given to it", async () => {
  const body = metaTexts({ phoneNumberId: "100", from: "1" }, { phoneNumberId: "300", from: "2" });

  const answer = await api.post("/api/v1/webhooks/whatsapp", body, sign(body, "app"));

  expect(answer.status).toBe(200);
  const channels = (await api.readJournal()).map(({ channelId }) => channelId);
  expect(channels).not.toContain("own");
});

test("journal ids grow in the order of arrival", async () => {
  const earlier = (await api.readJournal()).length;
  for (let n = 0; n < 10; n++) {
    const body = metaTexts({ phoneNumberId: "200", from: "5", text: `n${n}` });
    await api.post("/api/v1/webhooks/whatsapp", body, sign(body, "app"));
  }

  const later = (await api.readJournal()).filter(({ channelId }) => channelId !== "").slice(-10);
  expect(earlier).toBeGreaterThan(0);
  expect(later.map((entry) => /"n\d"/.exec(textOf(entry))?.[0])).toEqual(
    Array.from({ length: 10 }, (_, n) => `"n${n}"`),
  );
});
