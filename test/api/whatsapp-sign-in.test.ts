import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createAsk } from "../support/ask.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";
import { watch } from "../support/watch.ts";

const attempt = z.looseObject({
  id: z.string(),
  text: z.string(),
  link: z.string(),
  qr: z.string(),
});
type Attempt = z.infer<typeof attempt> & { readonly cookie: string };

let system: TestSystem;
let ask: Awaited<ReturnType<typeof createAsk>>["ask"];
let people = 0;

beforeAll(async () => {
  const open = { signIn: true, phone: "+447700900001" } as const;
  system = await startSystem({
    greenApi: { ...open, open: "loopback" },
    whatsapp: { ...open, phone: "+447700900002" },
    settings: { ADMIN_TENANT: "tenant" },
  });
  ({ ask } = await createAsk(system.api.url));
});
afterAll(() => system.stop());

/** A person whose number is known. */
async function addPerson(role: "client" | "operator" | "admin" = "client") {
  people += 1;
  const phone = `4477009010${String(people).padStart(2, "0")}`;
  const now = new Date();
  await system.models.users.create({
    _id: `person-${people}`,
    schemaVersion: 1,
    tenantId: "tenant",
    role,
    name: `Person ${people}`,
    phone: `+${phone}`,
    active: true,
    generation: 1,
    createdAt: now,
    updatedAt: now,
  });
  return { phone, id: `person-${people}` };
}

async function begin(channel = "green"): Promise<Attempt> {
  const { body, headers } = await ask("POST", `/api/v1/auth/whatsapp?channel_id=${channel}`);
  return { ...attempt.parse(body), cookie: headers.getSetCookie()[0]?.split(";")[0] ?? "" };
}

const look = ({ id, cookie }: Attempt) =>
  ask("GET", `/api/v1/auth/whatsapp/${id}`, { headers: { cookie } });
const finish = ({ id, cookie }: Attempt) =>
  ask("POST", `/api/v1/auth/whatsapp/${id}`, { headers: { cookie } });
/** What the page shows once a message has settled the attempt. */
const settled = (begun: Attempt) =>
  eventually(async () => {
    const { body } = await look(begun);
    if (body["status"] === "waiting") throw new Error("nothing came");
    return body;
  }, 15_000);
const repliesTo = (peer: string) =>
  system.greenApi.ledger
    .entries()
    .filter(({ to }) => to.startsWith(peer))
    .map(({ text }) => text);

test("a message from a known phone signs the browser in, once, before any bot", async () => {
  const { phone, id } = await addPerson();
  const begun = await begin();
  const before = await look(begun);
  const early = await finish(begun);

  await system.greenApi.customerSays({ from: phone, text: begun.text });
  expect(await settled(begun)).toMatchObject({ status: "confirmed" });
  const signed = await finish(begun);
  const again = await finish(begun);

  expect(begun.text).toBe(`AMT LOGIN ${begun.id}`);
  expect(begun.link).toBe(`https://wa.me/447700900001?text=AMT%20LOGIN%20${begun.id}`);
  expect(begun.qr).toMatch(/^data:image\/png;base64,/);
  expect(before.body).toEqual({ status: "waiting", message: null });
  expect([early.status, signed.status, again.status]).toEqual([409, 200, 409]);
  const me = await ask("GET", "/api/v1/auth/me", { token: String(signed.body["accessToken"]) });
  expect(me.body).toMatchObject({ id, tenant_id: "tenant", user: { role: "client" } });
  await eventually(() => {
    expect(repliesTo(phone)).toEqual(["Вход подтверждён, вернитесь на страницу"]);
  }, 15_000);
});

test("a message over the Cloud API signs in as well, at its own route", async () => {
  const { phone } = await addPerson("operator");
  const begun = await begin("whatsapp");

  await system.whatsapp.customerSays({ from: phone, text: `amt login  ${begun.id}` });

  expect(await settled(begun)).toMatchObject({ status: "confirmed" });
});

test("the page hears that its attempt was settled, and no other page does", async () => {
  const { phone } = await addPerson();
  const [begun, other] = [await begin(), await begin()];
  const watchAs = ({ id }: Attempt, { cookie }: Attempt) =>
    watch(system.api.url, { attempt: id }, { path: "/sign-in", headers: { cookie } });
  const [mine, theirs, spy] = [watchAs(begun, begun), watchAs(other, other), watchAs(begun, other)];
  expect(await spy.refusal()).toBe("There is no such attempt");
  await eventually(() => {
    expect([mine.of("attempt").length, theirs.of("attempt").length]).toEqual([1, 1]);
  });

  await system.greenApi.customerSays({ from: phone, text: begun.text });

  await eventually(() => expect(mine.of("attempt")).toHaveLength(2), 15_000);
  expect((await look(begun)).body).toMatchObject({ status: "confirmed" });
  expect(theirs.of("attempt")).toHaveLength(1);
  for (const page of [mine, theirs, spy]) page.close();
});

test("a number that nobody has is refused, on the page and as a reply", async () => {
  const begun = await begin();

  await system.greenApi.customerSays({ from: "447700909999", text: begun.text });

  expect(await settled(begun)).toMatchObject({
    status: "refused",
    message: "Номер не зарегистрирован в системе",
  });
  expect((await finish(begun)).status).toBe(409);
  await eventually(() => {
    expect(repliesTo("447700909999")).toEqual(["Номер не зарегистрирован в системе"]);
  }, 15_000);
});

test("a hidden number is refused, and so is whoever makes people and keys", async () => {
  const hidden = await begin();
  const admin = await begin();
  const { phone } = await addPerson("admin");

  await system.greenApi.customerSays({ from: "99887766554433@lid", text: hidden.text });
  await system.greenApi.customerSays({ from: phone, text: admin.text });

  expect(await settled(hidden)).toMatchObject({ status: "refused" });
  expect(await settled(admin)).toMatchObject({ status: "refused" });
});

test("nobody but the browser that asked learns of its attempt or uses it", async () => {
  const { phone } = await addPerson();
  const [begun, other] = [await begin(), await begin()];
  await system.greenApi.customerSays({ from: phone, text: begun.text });
  expect(await settled(begun)).toMatchObject({ status: "confirmed" });

  const stolen = { ...begun, cookie: other.cookie };
  const statuses = [
    (await look(stolen)).status,
    (await finish(stolen)).status,
    (await finish({ ...begun, cookie: "" })).status,
    (await finish(begun)).status,
  ];

  expect(statuses).toEqual([404, 404, 404, 200]);
});

test("a message to another channel, and a second one, change nothing", async () => {
  const [first, second] = [await addPerson(), await addPerson()];
  const begun = await begin("green");

  await system.whatsapp.customerSays({ from: second.phone, text: begun.text });
  await system.whatsapp.ledger.waitFor(({ to }) => to === second.phone, 15_000);
  expect((await look(begun)).body).toMatchObject({ status: "waiting" });
  await system.greenApi.customerSays({ from: first.phone, text: begun.text });
  expect(await settled(begun)).toMatchObject({ status: "confirmed" });
  await system.greenApi.customerSays({ from: second.phone, text: begun.text });
  await system.greenApi.ledger.waitFor(({ to }) => to.startsWith(second.phone), 15_000);

  const { accessToken } = z.object({ accessToken: z.string() }).parse((await finish(begun)).body);
  const me = await ask("GET", "/api/v1/auth/me", { token: accessToken });
  expect(me.body).toMatchObject({ id: first.id });
});

test("what was typed in for a customer signs nobody in", async () => {
  const { phone } = await addPerson();
  const begun = await begin();
  const body = { client_phone: phone, message: begun.text };

  const typed = await fetch(`${system.api.url}/processConversation`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  });

  expect(typed.status).toBe(200);
  await eventually(async () => {
    const ignored = (await system.readAll("messages")).filter(({ text }) => text === begun.text);
    expect(ignored).toMatchObject([{ state: "ignored", unverified: true }]);
  }, 15_000);
  expect((await look(begun)).body).toMatchObject({ status: "waiting" });
});

const secret = "webhook-token-of-the-tests";

test("a webhook that got in without the secret signs nobody in", async () => {
  const { phone } = await addPerson();
  const begun = await begin();
  const sender = `${phone}@c.us`;
  const body = {
    typeWebhook: "incomingMessageReceived",
    instanceData: { idInstance: 1_101_999_001, wid: "447700900001@c.us", typeInstance: "whatsapp" },
    timestamp: Math.floor(Date.now() / 1000),
    idMessage: "forged-message",
    senderData: { chatId: sender, sender, senderName: "Forged" },
    messageData: {
      typeMessage: "textMessage",
      textMessageData: { textMessage: begun.text, isTemplateMessage: false },
    },
  };

  const posted = await fetch(`${system.api.url}/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

  expect(posted.status).toBe(200);
  await eventually(async () => {
    const forged = (await system.readAll("messages")).filter(({ senderId }) => senderId === sender);
    expect(forged).toMatchObject([{ state: "ignored" }]);
  }, 15_000);
  expect((await look(begun)).body).toMatchObject({ status: "waiting" });
});

test("a client sees their own conversations, messages and deals, and nothing else", async () => {
  const [mine, other] = [await addPerson(), await addPerson()];
  const begun = await begin();
  for (const { phone } of [mine, other])
    await system.greenApi.customerSays({ from: phone, text: `Я ${phone}` });
  await system.greenApi.customerSays({ from: mine.phone, text: begun.text });
  expect(await settled(begun)).toMatchObject({ status: "confirmed" });
  const token = String((await finish(begun)).body["accessToken"]);
  const get = (path: string) => ask("GET", path, { token });

  const listed = await get("/api/v1/own/conversations");
  const [own] = z.array(z.looseObject({ id: z.string() })).parse(listed.body["items"]);
  const messages = await get(`/api/v1/own/conversations/${String(own?.id)}/messages`);
  const foreign = (await system.readAll("conversations")).find(({ peer }) =>
    String(peer).startsWith(other.phone),
  );

  expect(listed.body["items"]).toHaveLength(1);
  expect(JSON.stringify(messages.body)).toContain(`Я ${mine.phone}`);
  expect(JSON.stringify(messages.body)).not.toContain(other.phone);
  expect((await get("/api/v1/own/deals")).body).toEqual({ items: [], next_cursor: null });
  expect((await get(`/api/v1/own/conversations/${String(foreign?._id)}/messages`)).status).toBe(
    404,
  );
  expect((await get("/api/v1/conversations")).status).toBe(403);
});

test("the page shows the instance's state, and an attempt that ran out says so", async () => {
  const short = await startSystem({
    workers: 0,
    greenApi: { signIn: true, phone: "+447700900001" },
    settings: { LOGIN_ATTEMPT_MS: "300", ADMIN_TENANT: "tenant" },
  });
  try {
    const asking = await createAsk(short.api.url);
    const page = await asking.ask("GET", "/api/v1/auth/whatsapp");
    const begun = await asking.ask("POST", "/api/v1/auth/whatsapp");
    const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";

    expect(page.body).toEqual({
      channel_id: "green",
      number: "+447700900001",
      state_instance: "authorized",
    });
    await eventually(async () => {
      const path = `/api/v1/auth/whatsapp/${String(begun.body["id"])}`;
      const { body } = await asking.ask("GET", path, { headers: { cookie } });
      expect(body).toEqual({ status: "expired", message: "Код входа устарел, обновите страницу" });
    });
  } finally {
    await short.stop();
  }
});
