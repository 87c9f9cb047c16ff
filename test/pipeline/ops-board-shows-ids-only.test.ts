import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ ACCEPT: "queue", OPS_PASSWORD: "ops password" });
  await api.addChannel({ _id: "c1", externalId: "1", secrets: ["right"] });
});
afterAll(() => api.stop());

const headers = { authorization: `Basic ${Buffer.from("admin:ops password").toString("base64")}` };
const listing = (queue: string) =>
  api
    .get(
      `/ops/queues/api/queues?activeQueue=${queue}&status=waiting&page=1&jobsPerPage=10`,
      headers,
    )
    .then((answer) => answer.text());

test("the board shows a sealed webhook by its id, in the list and alone", async () => {
  await api.post("/webhook", greenText(1, "79001112233", "secret words"), {
    authorization: "right",
  });
  const [job] = await api.queues.webhooks.getWaiting();
  const sealed: unknown = job?.data.sealed;
  const alone = await api.get(`/ops/queues/api/queues/webhooks/${job?.id}`, headers);

  for (const text of [await listing("webhooks"), await alone.text()]) {
    expect(text).toContain(`"data":{"id":"${job?.id}"}`);
    expect(text).not.toContain(String(sealed).slice(0, 40));
    expect(text).not.toMatch(/secret words|79001112233/);
  }
});
