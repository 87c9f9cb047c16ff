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

const asking = (question: string, id = "q") => ({
  nodes: [{ id, type: "question", data: { question, saveAs: "name" } }],
  edges: [],
});

/** A bot whose versions ask these questions. */
async function publishAll(questions: readonly string[]): Promise<string> {
  const made = await ask("POST", path, { name: "Asks" });
  const where = `${path}/${String(made.body["id"])}`;
  for (const question of questions) {
    await ask("PUT", where, { name: "Asks", flow: asking(question) });
    await ask("POST", `${where}/publish`);
  }
  return where;
}

test("two versions are told apart, and the draft from what is published", async () => {
  const where = await publishAll(["Name?", "Your name?"]);
  await ask("PUT", where, { name: "Asks", flow: { ...asking("Your name?"), burstSeconds: 3 } });
  const none = { added: [], removed: [], changed: [] };

  const versions = await ask("GET", `${where}/diff?from=1&to=2`);
  const draft = await ask("GET", `${where}/diff`);

  expect(versions.body).toEqual({
    nodes: { ...none, changed: [{ id: "q", fields: ["data.question"] }] },
    edges: none,
    settings: none,
  });
  expect(draft.body).toMatchObject({ nodes: none, settings: { added: ["burstSeconds"] } });
  expect((await ask("GET", `${where}/diff?from=7`)).status).toBe(404);
});

test("a version is tried out on a share, then taken by all or withdrawn", async () => {
  const where = await publishAll(["Name?"]);
  await ask("PUT", where, { name: "Asks", flow: asking("Your name?") });

  const tried = await ask("POST", `${where}/publish`, { canary_percent: 10 });
  const grown = await ask("PUT", `${where}/canary`, { number: 2, percent: 50 });
  const withdrawn = await ask("DELETE", `${where}/canary`);
  const refused = await ask("POST", `${where}/canary/promote`);
  await ask("PUT", `${where}/canary`, { number: 2, percent: 50 });
  const promoted = await ask("POST", `${where}/canary/promote`);

  const bot = { published_version: 1, canary: { number: 2, percent: 10 } };
  expect(tried.body).toMatchObject({ bot, version: { number: 2, is_published: false } });
  expect(grown.body).toMatchObject({ canary: { number: 2, percent: 50 } });
  expect(withdrawn.body).toMatchObject({ published_version: 1, canary: null });
  expect(refused.status).toBe(409);
  expect(promoted.body).toMatchObject({ bot: { published_version: 2, canary: null } });
});

test("publishing and rolling back for all end a trial, and the first version is no trial", async () => {
  const made = await ask("POST", path, { name: "New", flow: asking("Name?") });
  const first = await ask("POST", `${path}/${String(made.body["id"])}/publish`, {
    canary_percent: 10,
  });
  const where = await publishAll(["Name?", "Your name?"]);
  await ask("PUT", `${where}/canary`, { number: 1, percent: 10 });

  expect(first.status).toBe(409);
  expect((await ask("POST", `${where}/rollback`, { number: 1 })).body).toMatchObject({
    bot: { published_version: 1, canary: null },
  });
});

test("sessions move to nodes that wait, and only there", async () => {
  const where = await publishAll(["Name?"]);
  const bot = String((await ask("GET", where)).body["id"]);
  await ask("PUT", where, { name: "Asks", flow: asking("Your name?", "name") });

  const wrong = await ask("POST", `${where}/publish`, { move_sessions: { q: "nowhere" } });
  const right = await ask("POST", `${where}/publish`, { move_sessions: { q: "name" } });

  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: "move_sessions.q" }] } });
  expect(right.body).toMatchObject({ version: { number: 2 } });
  expect(await rest.api.models.bots.findVersion(`${bot}|2`)).toMatchObject({
    moves: [{ from: "q", to: "name" }],
  });
});

test("a channel has several bots by priority, or one again", async () => {
  const ids = await Promise.all(
    ["A?", "B?"].map(async (question) => {
      const { body } = await ask("GET", await publishAll([question]));
      return String(body["id"]);
    }),
  );
  const { _id } = await rest.api.addChannel({ _id: "several" });
  const patch = async (body: object) =>
    (await ask("PATCH", `/api/v1/channels/${_id}`, body)).body["channel"];

  expect(await patch({ bot_ids: ids })).toMatchObject({ bot_ids: ids, bot_id: ids[0] });
  expect(await patch({ bot_id: ids[1] })).toMatchObject({ bot_ids: [ids[1]], bot_id: ids[1] });
  expect(await patch({ bot_id: null })).toMatchObject({ bot_ids: [], bot_id: null });
  expect(
    await ask("PATCH", `/api/v1/channels/${_id}`, { bot_ids: [...ids, "nobody"] }),
  ).toMatchObject({ status: 422, body: { errors: [{ field: "bot_ids" }] } });
});
