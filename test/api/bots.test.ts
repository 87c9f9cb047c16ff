import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;
let token: string;
let flow: object;

beforeAll(async () => {
  rest = await startTestRest();
  ({ token } = await rest.addUser("admin"));
  flow = Object(JSON.parse(await readFile("examples/bots/salon.ru.json", "utf8")));
});
afterAll(() => rest.api.stop());

const path = "/api/v1/bots";
const ask = (method: string, where: string, body?: unknown) =>
  rest.call(method, where, { token, ...(body === undefined ? {} : { body }) });
const faulty = {
  nodes: [{ id: "a", type: "message", data: {} }],
  edges: [{ source: "a", target: "b" }],
};

test("a bot goes from draft to versions, and back to an earlier one", async () => {
  const made = await ask("POST", path, { name: "Salon", flow });
  const where = `${path}/${String(made.body["id"])}`;
  const first = await ask("POST", `${where}/publish`);
  const other = {
    nodes: [{ id: "only", type: "welcome", data: { message: "Привет" } }],
    edges: [],
  };
  await ask("PUT", where, { name: "Salon 2", flow: other });
  const second = await ask("POST", `${where}/publish`);
  const back = await ask("POST", `${where}/rollback`, { number: 1 });

  expect(first.body).toMatchObject({ bot: { published_version: 1 }, version: { number: 1 } });
  expect(second.body).toMatchObject({ bot: { name: "Salon 2", published_version: 2 } });
  expect(back.body).toMatchObject({ bot: { published_version: 1 } });
  expect((await ask("GET", `${where}/versions`)).body["items"]).toMatchObject([
    { number: 2, is_published: false },
    { number: 1, is_published: true },
  ]);
  expect((await ask("GET", `${where}/versions/1`)).body["flow"]).toEqual(flow);
  expect((await ask("GET", where)).body["draft"]).toEqual(other);
  expect((await ask("GET", `${where}/versions/3`)).status).toBe(404);
});

test("a draft with faults is kept, told of and never published", async () => {
  const made = await ask("POST", path, { name: "Half done", flow: faulty });
  const where = `${path}/${String(made.body["id"])}`;
  const refused = await ask("POST", `${where}/publish`);
  const told = await ask("POST", `${path}/validate`, { flow: faulty });
  const fine = await ask("POST", `${path}/validate`, { flow });

  expect(made.status).toBe(201);
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.body["errors"])).toContain("draft.");
  expect(told.body["is_valid"]).toBe(false);
  expect(JSON.stringify(told.body["faults"])).toContain('\\"a\\"');
  expect(fine.body["is_valid"]).toBe(true);
  expect((await ask("GET", where)).body).toMatchObject({ published_version: null, draft: faulty });
});

test("a channel takes a published bot of its own tenant only", async () => {
  const { token: other } = await rest.addUser("admin", "others");
  const foreign = await rest.call("POST", path, { token: other, body: { name: "Theirs", flow } });
  await rest.call("POST", `${path}/${String(foreign.body["id"])}/publish`, { token: other });
  const draft = await ask("POST", path, { name: "Draft", flow });
  const ready = await ask("POST", path, { name: "Ready", flow });
  await ask("POST", `${path}/${String(ready.body["id"])}/publish`);
  const channel = await rest.api.addChannel({ _id: "bound" });

  const bind = (bot: typeof ready) =>
    ask("PATCH", `/api/v1/channels/${channel._id}`, { bot_id: bot.body["id"] });

  expect(await bind(foreign)).toMatchObject({
    status: 422,
    body: { errors: [{ field: "bot_id" }] },
  });
  expect(await bind(draft)).toMatchObject({ status: 422, body: { errors: [{ field: "bot_id" }] } });
  expect((await bind(ready)).body["channel"]).toMatchObject({ bot_id: ready.body["id"] });
});

test("two who publish at once make two versions, or one is told to try again", async () => {
  const made = await ask("POST", path, { name: "Twice", flow });
  const where = `${path}/${String(made.body["id"])}`;

  const answers = await Promise.all([
    ask("POST", `${where}/publish`),
    ask("POST", `${where}/publish`),
  ]);

  const good = answers.filter(({ status }) => status === 200);
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect((await ask("GET", `${where}/versions`)).body["items"]).toHaveLength(good.length);
});
