import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startTestRest, type TestRest } from "../support/rest.ts";

let rest: TestRest;
let token: string;
let id: string;

beforeAll(async () => {
  rest = await startTestRest();
  ({ token, id } = await rest.addUser("operator"));
});
afterAll(() => rest.api.stop());

const ask = (method: string, path: string, body?: unknown) =>
  rest.call(method, path, { token, ...(body === undefined ? {} : { body }) });
const addContact = async (body: object): Promise<string> =>
  String((await ask("POST", "/api/v1/contacts", body)).body["id"]);

test("a contact's facts, fields and tags are changed, and null takes them away", async () => {
  const made = await addContact({
    name: "Айгуль",
    phone: "+996 550 000-000",
    metadata: { customer_name: "Айгуль", "a.b": "dots" },
    add_tags: [" VIP ", "новый"],
  });
  const path = `/api/v1/contacts/${made}`;
  const before = await ask("GET", path);

  const after = await ask("PATCH", path, {
    phone: null,
    metadata: { customer_name: "$lookup", "a.b": null },
    add_tags: ["постоянный"],
    remove_tags: ["новый"],
  });

  expect(before.body).toMatchObject({
    phone: "996550000000",
    metadata: { customer_name: "Айгуль", a_b: "dots" },
    tags: ["VIP", "новый"],
  });
  expect(after.body).toMatchObject({
    name: "Айгуль",
    phone: null,
    metadata: { customer_name: "$lookup" },
    tags: ["VIP", "постоянный"],
  });
  expect((await ask("GET", "/api/v1/contacts?tag=VIP&search=айг")).body["items"]).toMatchObject([
    { id: made },
  ]);
  expect((await ask("GET", "/api/v1/tags")).body["items"]).toContainEqual({ name: "VIP" });
});

test("two contacts become one, with its notes, and two again", async () => {
  const [one, two] = [await addContact({ name: "One" }), await addContact({ email: "a@b.kg" })];
  await ask("POST", `/api/v1/contacts/${two}/notes`, { text: "Перезвонить" });

  const merged = await ask("POST", `/api/v1/contacts/${two}/merge`, { into: one });
  const again = await ask("POST", `/api/v1/contacts/${two}/merge`, { into: one });
  const notes = await ask("GET", `/api/v1/contacts/${one}/notes`);
  const split = await ask("POST", `/api/v1/contacts/${two}/split`);

  expect(merged.body).toMatchObject({
    id: one,
    name: "One",
    email: "a@b.kg",
    identities: [one, two],
  });
  expect(again.status).toBe(409);
  expect(notes.body["items"]).toMatchObject([{ text: "Перезвонить", by: id }]);
  expect(split.body).toMatchObject({ id: two, name: null, identities: [two] });
});

test("a deal is opened, moved and won, and its history says by whom", async () => {
  const contact = await addContact({ name: "Buyer" });
  const pipelines = await ask("GET", "/api/v1/pipelines");
  const made = await ask("POST", "/api/v1/deals", {
    title: "Стрижка",
    contact_id: contact,
    amount: 1500,
  });
  const path = `/api/v1/deals/${String(made.body["id"])}`;
  const wrong = await ask("PATCH", path, { stage_id: "nowhere" });
  const won = await ask("PATCH", path, { stage_id: "stage-2", status: "won" });
  const moved = await ask("PATCH", path, { stage_id: "stage-3" });

  expect(pipelines.body["items"]).toMatchObject([
    { name: "Sales", stages: [{ id: "stage-1" }, {}, {}] },
  ]);
  expect(made.body).toMatchObject({ stage_id: "stage-1", status: "open", amount: 1500 });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: "stage_id" }] } });
  expect(won.body).toMatchObject({
    stage_id: "stage-2",
    status: "won",
    history: [
      { from: null, to: "stage-1", by: id },
      { from: "stage-1", to: "stage-2", by: id },
      { from: "open", to: "won", by: id },
    ],
  });
  expect(moved.status).toBe(409);
  expect(
    (await ask("GET", `/api/v1/deals?contact_id=${contact}&status=won`)).body["items"],
  ).toHaveLength(1);
});

test("a deal of nobody's contact is refused by the field", async () => {
  const answer = await ask("POST", "/api/v1/deals", { title: "x", contact_id: "nobody" });

  expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: "contact_id" }] } });
});

test("a tenant's contact fields are its own, and a choice needs its choices", async () => {
  const { token: admin } = await rest.addUser("admin");
  const { token: stranger } = await rest.addUser("admin", "strangers");
  const path = "/api/v1/contact-fields";
  const put = (key: string, body: object) =>
    rest.call("PUT", `${path}/${key}`, { token: admin, body });

  const city = await put("city", { label: "Город", type: "choice", choices: ["Ош", "Бишкек"] });
  const bare = await put("size", { label: "Размер", type: "choice" });
  const theirs = await rest.call("DELETE", `${path}/city`, { token: stranger });

  expect(city.body).toEqual({
    key: "city",
    label: "Город",
    type: "choice",
    choices: ["Ош", "Бишкек"],
  });
  expect(bare).toMatchObject({ status: 422, body: { errors: [{ field: "choices" }] } });
  expect(theirs.status).toBe(404);
  expect((await ask("GET", path)).body["items"]).toEqual([city.body]);
  expect((await rest.call("DELETE", `${path}/city`, { token: admin })).status).toBe(200);
});

test("contacts go out as CSV and come in again, a wrong row with its line", async () => {
  const { token: own } = await rest.addUser("operator", "files");
  const send = (text: string, type = "text/csv") =>
    rest.call("POST", "/api/v1/contacts/import", {
      token: own,
      body: text,
      headers: { "content-type": type },
    });

  const came = await send(
    "name,phone,city\nАйгуль,+996550000000,Бишкек\n,,\nOther,+996550000001,\n",
  );
  const json = await send("{}", "application/json");
  const out = await rest.call("GET", "/api/v1/contacts/export", { token: own });
  const again = await send(String(out.body["text"]));

  expect(came.body).toMatchObject({ rows: 3, created: 2, refused: 1, faults: [{ line: 3 }] });
  expect(json.status).toBe(415);
  expect(out.body["text"]).toContain("Айгуль,996550000000");
  expect(again.body).toMatchObject({ rows: 2, created: 0, changed: 2, faults: [] });
});

test("a pipeline keeps the stages that are named, and those in which deals stand", async () => {
  const { token: admin } = await rest.addUser("admin");
  const send = (method: string, path: string, body: object) =>
    rest.call(method, path, { token: admin, body });
  const made = await send("POST", "/api/v1/pipelines", {
    name: "Ремонт",
    stages: [{ name: "Заявка" }, { name: "Осмотр" }],
  });
  const path = `/api/v1/pipelines/${String(made.body["id"])}`;
  const [first, second] = z
    .array(z.object({ id: z.string(), name: z.string() }))
    .parse(made.body["stages"]);
  const contactId = await addContact({ name: "Deal's" });
  await ask("POST", "/api/v1/deals", {
    title: "Крыша",
    contact_id: contactId,
    pipeline: "Ремонт",
  });

  const changed = await send("PATCH", path, {
    stages: [{ name: "Звонок" }, { id: first?.id, name: "Новая заявка" }],
  });
  const stuck = await send("PATCH", path, { stages: [{ name: "Одна" }] });
  const unknown = await send("PATCH", path, { stages: [{ id: second?.id, name: "Осмотр" }] });

  expect(changed.body["stages"]).toMatchObject([
    { name: "Звонок" },
    { id: first?.id, name: "Новая заявка" },
  ]);
  expect(stuck).toMatchObject({ status: 422, body: { errors: [{ field: "stages" }] } });
  expect(unknown.status).toBe(422);
});
