import { afterAll, beforeAll, expect, test } from "vitest";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;
let whatsapp: Awaited<ReturnType<typeof createWhatsappSimulator>>;
let token: string;

beforeAll(async () => {
  whatsapp = await createWhatsappSimulator({ token: "whatsapp-token", wabaId: "waba" });
  rest = await startTestRest({ WHATSAPP_API_URL: `${whatsapp.url}/v24.0` });
  ({ token } = await rest.addUser("admin"));
  const own = { provider: "whatsapp-cloud", token: "whatsapp-token" };
  await rest.api.addChannel({ _id: "main", wabaId: "waba", ...own });
  await rest.api.addChannel({ _id: "other", wabaId: "nobody's", ...own });
  await rest.api.addChannel({ _id: "green", provider: "green-api", token: "x" });
});
afterAll(() => Promise.all([rest.api.stop(), whatsapp.close()]));

const ask = (method: string, where: string, body?: object) =>
  rest.call(method, `/api/v1/channels/${where}`, {
    token,
    ...(body === undefined ? {} : { body }),
  });
const template = (name: string) => ({
  name,
  language: "ru",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Ждём вас {{1}}" }],
});

test("a template is handed in, listed page by page and removed, at the provider", async () => {
  const made = await ask("POST", "main/templates", template("visit"));
  await ask("POST", "main/templates", template("visit_2"));
  const first = await ask("GET", "main/templates?limit=1");
  const second = await ask(
    "GET",
    `main/templates?limit=1&cursor=${String(first.body["next_cursor"])}`,
  );
  const removed = await ask("DELETE", "main/templates/visit");
  const left = await ask("GET", "main/templates");

  expect(made).toMatchObject({ status: 201, body: { status: "PENDING", category: "UTILITY" } });
  expect(first.body["items"]).toMatchObject([template("visit")]);
  expect(second.body).toMatchObject({ items: [template("visit_2")], next_cursor: null });
  expect(removed.status).toBe(200);
  expect(left.body["items"]).toMatchObject([{ name: "visit_2" }]);
});

test("the provider's refusal is told in its words, without the token", async () => {
  const twice = template("twice");
  await ask("POST", "main/templates", twice);

  const answers = [
    await ask("POST", "main/templates", twice),
    await ask("DELETE", "main/templates/never"),
    await ask("GET", "other/templates"),
    await ask("GET", "green/templates"),
  ];

  expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409]);
  expect(answers[0]?.body["detail"]).toContain("already exists");
  expect(JSON.stringify(answers)).not.toContain("whatsapp-token");
});
