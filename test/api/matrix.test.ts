import { ulid } from "ulid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../src/shared/domain/access.ts";
import type { Conversation } from "../../src/shared/domain/conversation.ts";
import { routes } from "../../src/api/rest/routes.ts";
import type { Route } from "../../src/api/rest/route.ts";
import { buildCrmAction, crmPlace, type CrmAction } from "../../src/shared/models/crm-actions.ts";
import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

const flow = { nodes: [{ id: "a", type: "welcome", data: { message: "Hello" } }], edges: [] };
const named = { name: "A name" };
const text = { content: "Hello" };
const number = {
  display_name: "Main",
  phone_number: "+79001234567",
  phone_number_id: "1",
  access_token: "t",
};

/** Whose things a route speaks of, what it takes, and the least role that may. */
interface Row {
  readonly least: Role | "anyone";
  readonly thing?: Thing;
  readonly body?: object;
  /** Its answer comes from the provider, which no test here has: another file sees to it. */
  readonly isElsewhere?: true;
  /** Where the thing's number or another part comes in. */
  readonly more?: Readonly<Record<string, string>>;
}

type Thing =
  | "channel"
  | "conversation"
  | "contact"
  | "media"
  | "alert"
  | "lost file"
  | "merged"
  | "note"
  | "deal"
  | "pipeline"
  | "bot"
  | "connection"
  | "delivery"
  | "user"
  | "key";

/** Every route. One that is missing here fails the first test. */
const table: Readonly<Record<string, Row>> = {
  login: { least: "anyone" },
  login_short: { least: "anyone" },
  refresh: { least: "anyone" },
  logout: { least: "anyone" },
  accept_invite: { least: "anyone" },
  show_whatsapp_sign_in: { least: "anyone" },
  begin_whatsapp_sign_in: { least: "anyone" },
  show_whatsapp_attempt: { least: "anyone" },
  finish_whatsapp_sign_in: { least: "anyone" },
  list_own_conversations: { least: "client" },
  list_own_messages: { least: "client", more: { id: "somebody-else" } },
  list_own_deals: { least: "client" },
  logout_everywhere: { least: "client" },
  change_password: {
    least: "client",
    body: { current_password: "x", new_password: "y".repeat(10) },
  },
  show_self: { least: "client" },
  list_whatsapp_numbers: { least: "viewer" },
  create_whatsapp_number: { least: "admin", body: number },
  show_whatsapp_number: { least: "viewer", thing: "channel" },
  replace_whatsapp_number: { least: "admin", thing: "channel", body: number },
  delete_whatsapp_number: { least: "admin", thing: "channel" },
  toggle_whatsapp_number: { least: "admin", thing: "channel" },
  list_channels: { least: "viewer" },
  create_channel: {
    least: "admin",
    body: { ...named, provider: "green-api", external_id: "2" },
  },
  show_channel: { least: "viewer", thing: "channel" },
  update_channel: { least: "admin", thing: "channel", body: { hold_ms: 1 } },
  delete_channel: { least: "admin", thing: "channel" },
  test_channel: { least: "admin", thing: "channel" },
  examine_channel: { least: "viewer", thing: "channel" },
  show_instagram_config: { least: "viewer" },
  show_instagram_config_short: { least: "viewer" },
  list_templates: { least: "viewer", thing: "channel", isElsewhere: true },
  create_template: {
    least: "admin",
    thing: "channel",
    isElsewhere: true,
    body: { name: "hello", language: "ru", category: "UTILITY", components: [{ type: "BODY" }] },
  },
  delete_template: {
    least: "admin",
    thing: "channel",
    isElsewhere: true,
    more: { name: "hello" },
  },
  show_device: { least: "viewer", thing: "channel", isElsewhere: true },
  show_device_code: { least: "admin", thing: "channel", isElsewhere: true },
  reboot_device: { least: "admin", thing: "channel", isElsewhere: true },
  clear_device_queue: { least: "admin", thing: "channel", isElsewhere: true },
  apply_device_settings: { least: "admin", thing: "channel", isElsewhere: true },
  list_conversations: { least: "viewer" },
  show_conversation: { least: "viewer", thing: "conversation" },
  list_messages: { least: "viewer", thing: "conversation" },
  update_conversation: { least: "operator", thing: "conversation", body: { status: "closed" } },
  mark_conversation_read: { least: "operator", thing: "conversation" },
  send_first_message: { least: "operator", thing: "channel", body: { ...text, to: "79001234567" } },
  send_message: { least: "operator", thing: "conversation", body: text },
  take_over: { least: "operator", thing: "conversation" },
  hand_back: { least: "operator", thing: "conversation" },
  upload_media: { least: "operator" },
  show_media: { least: "viewer", thing: "media" },
  delete_media: { least: "operator", thing: "media" },
  retry_media: { least: "operator", thing: "lost file" },
  download_media: { least: "anyone" },
  export_contacts: { least: "viewer" },
  import_contacts: { least: "operator" },
  list_contacts: { least: "viewer" },
  create_contact: { least: "operator", body: named },
  show_contact: { least: "viewer", thing: "contact" },
  update_contact: { least: "operator", thing: "contact", body: named },
  merge_contact: { least: "operator", thing: "contact", body: { into: "merge-target" } },
  split_contact: { least: "operator", thing: "merged" },
  list_notes: { least: "viewer", thing: "contact" },
  add_note: { least: "operator", thing: "contact", body: { text: "A note" } },
  delete_note: { least: "operator", thing: "note" },
  list_tags: { least: "viewer" },
  list_contact_fields: { least: "viewer" },
  define_contact_field: {
    least: "admin",
    body: { label: "City", type: "text" },
    more: { key: "city" },
  },
  delete_contact_field: { least: "admin", more: { key: "city" } },
  list_pipelines: { least: "viewer" },
  create_pipeline: { least: "admin", body: { ...named, stages: [named] } },
  update_pipeline: { least: "admin", thing: "pipeline", body: named },
  list_deals: { least: "viewer" },
  create_deal: { least: "operator", body: { title: "A deal", contact_id: "merge-target" } },
  show_deal: { least: "viewer", thing: "deal" },
  update_deal: { least: "operator", thing: "deal", body: { status: "won" } },
  list_alerts: { least: "viewer" },
  end_alert: { least: "operator", thing: "alert" },
  list_bots: { least: "viewer" },
  create_bot: { least: "admin", body: named },
  validate_flow: { least: "viewer", body: { flow } },
  show_bot: { least: "viewer", thing: "bot" },
  replace_bot: { least: "admin", thing: "bot", body: { ...named, flow } },
  delete_bot: { least: "admin", thing: "bot" },
  publish_bot: { least: "admin", thing: "bot" },
  list_bot_versions: { least: "viewer", thing: "bot" },
  export_bot_version: { least: "viewer", thing: "bot", more: { number: "1" } },
  roll_back_bot: { least: "admin", thing: "bot", body: { number: 1 } },
  diff_bot_versions: { least: "viewer", thing: "bot" },
  set_bot_canary: { least: "admin", thing: "bot", body: { number: 1, percent: 10 } },
  promote_bot_canary: { least: "admin", thing: "bot" },
  withdraw_bot_canary: { least: "admin", thing: "bot" },
  list_connections: { least: "viewer" },
  create_connection: {
    least: "admin",
    body: { ...named, url: "https://crm.example.com/hook", events: ["message.received"] },
  },
  show_connection: { least: "viewer", thing: "connection" },
  update_connection: { least: "admin", thing: "connection", body: named },
  rotate_connection_secret: { least: "admin", thing: "connection" },
  delete_connection: { least: "admin", thing: "connection" },
  list_deliveries: { least: "viewer", thing: "connection" },
  redeliver: { least: "admin", thing: "delivery" },
  list_users: { least: "admin" },
  create_user: { least: "admin", body: { ...named, email: "m@example.com", role: "viewer" } },
  show_user: { least: "admin", thing: "user" },
  update_user: { least: "admin", thing: "user", body: named },
  delete_user: { least: "admin", thing: "user" },
  invite_user: { least: "admin", thing: "user" },
  list_api_keys: { least: "admin" },
  create_api_key: { least: "admin", body: { ...named, scopes: ["bots:read"] } },
  delete_api_key: { least: "admin", thing: "key" },
  show_settings: { least: "viewer" },
  update_settings: { least: "admin", body: named },
  list_audit: { least: "admin" },
};

const ranks = ["client", "viewer", "operator", "admin", "owner"] as const;
const askers = ["none", "client", "viewer", "operator", "admin", "owner"] as const;
const things = ["own", "foreign", "guessed"] as const;

const mayAsk = (asker: (typeof askers)[number], { least }: Row): boolean =>
  least === "anyone" || (asker !== "none" && ranks.indexOf(asker) >= ranks.indexOf(least));

const byName = (a: string, b: string): number => a.localeCompare(b);

let rest: TestRest;
const tokens = new Map<string, string>();
let made = 0;

beforeAll(async () => {
  rest = await startTestRest();
  await rest.api.models.contacts.create(contact("mine", "merge-target"));
  for (const role of ranks) tokens.set(role, (await rest.addUser(role, "mine")).token);
});
afterAll(() => rest.api.stop());

/** A fresh thing of a tenant: what a call removes or ends is missed by no other. */
async function makeThing(thing: Thing, tenantId: string): Promise<string> {
  const { models } = rest.api;
  const id = `${thing}-${String((made += 1))}`;
  const now = new Date();
  if (thing === "channel" || thing === "conversation")
    await rest.api.addChannel({ _id: id, tenantId, provider: "whatsapp-cloud" });
  if (thing === "conversation") {
    const conversation = buildConversation(tenantId, id);
    await models.conversations.commit(conversation);
    return conversation._id;
  }
  if (thing === "bot") {
    const bot = {
      _id: id,
      schemaVersion: 1,
      tenantId,
      name: id,
      draft: flow,
      updatedAt: now,
    } as const;
    await models.bots.create(bot);
    await models.bots.publish(bot, flow, now);
    await models.bots.tryOut(tenantId, id, { versionId: `${id}|1`, percent: 10 });
  }
  if (thing === "connection" || thing === "delivery")
    await models.connections.create({
      _id: id,
      schemaVersion: 1,
      tenantId,
      connector: "webhook",
      name: id,
      url: "https://crm.example.com/hook",
      events: ["message.received"],
      secrets: [],
      active: thing === "delivery",
      createdAt: now,
      updatedAt: now,
    });
  if (thing === "delivery") {
    const delivery = buildDelivery(tenantId, id);
    await models.crmActions.insert(delivery);
    return delivery._id;
  }
  if (thing === "media" || thing === "lost file") {
    const from = {
      channelId: id,
      conversationId: id,
      messageId: id,
      chatId: "x",
      media: { url: "https://files.example/x" },
    };
    await models.media.insert({
      _id: id,
      schemaVersion: 1,
      tenantId,
      ...(thing === "media" ? { state: "stored" } : { state: "failed", from }),
      attempt: 1,
      createdAt: now,
      sweepAt: new Date(now.getTime() + 3_600_000),
    });
  }
  if (thing === "alert") {
    await models.alerts.raise({ tenantId, channelId: id, kind: "x", subject: id, text: "x" }, now);
    return `x|${id}`;
  }
  if (thing === "contact") await models.contacts.create(contact(tenantId, id));
  if (thing === "merged") {
    await models.contacts.create(contact(tenantId, id));
    await models.contacts.create(contact(tenantId, `${id}-other`));
    const by = { by: "nobody", at: now };
    await models.contacts.merge(tenantId, { id, into: `${id}-other` }, by);
  }
  if (thing === "note") {
    const note = { _id: id, schemaVersion: 1, tenantId, contactId: "x", text: "Hm" } as const;
    await models.notes.add({ ...note, by: "nobody", at: now });
  }
  if (thing === "deal") {
    const wish = { _id: id, tenantId, contactId: "x", title: id, fields: {}, at: now };
    await models.deals.open(wish, { name: "Sales", currency: "RUB", stages: ["New"] });
  }
  if (thing === "pipeline")
    await models.pipelines.create({
      _id: id,
      schemaVersion: 1,
      tenantId,
      name: id,
      currency: "RUB",
      stages: [{ id: "first", name: "First" }],
      createdAt: now,
    });
  if (thing === "user")
    await models.users.create({
      _id: id,
      schemaVersion: 1,
      tenantId,
      role: "viewer",
      name: id,
      email: `${id}@example.com`,
      active: true,
      generation: 1,
      createdAt: now,
      updatedAt: now,
    });
  if (thing === "key")
    await models.apiKeys.create({
      _id: id,
      schemaVersion: 1,
      tenantId,
      name: id,
      hash: "none",
      scopes: ["bots:read"],
      createdBy: "nobody",
      createdAt: now,
    });
  return id;
}

const buildDelivery = (tenantId: string, connectionId: string): CrmAction => {
  const timestamp = new Date().toISOString();
  const event = { type: "message.received", timestamp, data: {} } as const;
  const { open: _, ...closed } = buildCrmAction({
    tenantId,
    channelId: "x",
    conversationId: connectionId,
    peer: "x",
    work: { kind: "event", connectionId, event },
    place: crmPlace(1, 0),
    createdAt: new Date(),
  });
  return { ...closed, state: "sent" };
};

const contact = (tenantId: string, _id: string) =>
  ({ _id, schemaVersion: 1, tenantId, name: _id, updatedAt: new Date() }) as const;

const buildConversation = (tenantId: string, channelId: string): Conversation => ({
  _id: conversationIdOf(channelId, "79001234567"),
  schemaVersion: 1,
  tenantId,
  channelId,
  peer: "79001234567",
  version: 1,
  commit: ulid(),
  mode: "bot",
  status: "active",
  timers: [],
  effects: [],
  outSequence: 0,
  lastMessageAt: new Date(),
});

const idOf = async (thing: Thing, whose: (typeof things)[number]): Promise<string> =>
  whose === "guessed"
    ? ulid().toLowerCase()
    : makeThing(thing, whose === "own" ? "mine" : "theirs");

const call = (route: Route, row: Row, id: string, token: string | undefined) => {
  const parts = { id, ...row.more };
  const path = Object.entries(parts).reduce(
    (text_, [name, value]) => text_.replace(`{${name}}`, encodeURIComponent(value)),
    route.path,
  );
  return rest.call(route.method.toUpperCase(), path, { token, body: row.body });
};

const listed = routes.flatMap((route) => {
  const row = table[route.id];
  return row === undefined ? [] : [{ name: route.id, route, row }];
});

test("every route has its row", () => {
  expect(Object.keys(table).toSorted(byName)).toEqual(routes.map(({ id }) => id).toSorted(byName));
});

const guarded = listed.filter(({ row }) => row.least !== "anyone");

describe.concurrent.each(guarded)("$name", ({ route, row }) => {
  test.each(askers.filter((asker) => !mayAsk(asker, row)))("refuses %s", async (asker) => {
    const id = row.thing === undefined ? "" : await idOf(row.thing, "own");

    const { status } = await call(route, row, id, tokens.get(asker));

    expect(status).toBe(asker === "none" ? 401 : 403);
  });
});

const owned = guarded.filter(({ row }) => row.thing !== undefined);

describe.concurrent.each(owned)("$name", ({ route, row }) => {
  test("knows no thing of another tenant and no guessed one, and says of both the same", async () => {
    const thing = row.thing ?? "channel";
    const [foreign, guessed] = [await idOf(thing, "foreign"), await idOf(thing, "guessed")];

    const answers = [
      await call(route, row, foreign, tokens.get("owner")),
      await call(route, row, guessed, tokens.get("owner")),
    ];

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
  });

  test("answers who may and whose it is", async () => {
    const id = await idOf(row.thing ?? "channel", "own");
    const least = ranks.find((role) => mayAsk(role, row));

    const { status, body } = await call(route, row, id, tokens.get(least ?? ""));

    const isDone = row.isElsewhere === true ? status === 409 : status < 300;
    expect({ isDone, body }).toMatchObject({ isDone: true });
  });
});

test("no list shows a thing of another tenant", async () => {
  for (const thing of ["channel", "conversation", "contact", "deal", "bot", "user", "key"] as const)
    await makeThing(thing, "theirs");
  // The audit log names what its own people asked for, found or not.
  const lists = routes.filter(
    ({ id, method, path }) => method === "get" && !path.includes("{") && id !== "list_audit",
  );

  const answers = await Promise.all(
    lists.map((route) =>
      call(route, table[route.id] ?? { least: "owner" }, "", tokens.get("owner")),
    ),
  );

  expect(answers.length).toBeGreaterThan(6);
  const shown = JSON.stringify(answers.map(({ body }) => body));
  const theirs = await rest.api.database
    .collection("channels")
    .find({ tenantId: "theirs" })
    .toArray();
  expect(theirs.length).toBeGreaterThan(0);
  expect(theirs.filter(({ _id }) => shown.includes(`"${String(_id)}"`))).toEqual([]);
  expect(shown).not.toContain("theirs");
});

test("an API key may what its scopes say, in its tenant, until it is revoked", async () => {
  const owner = tokens.get("owner");
  const made_ = await rest.call("POST", "/api/v1/api-keys", {
    token: owner,
    body: { name: "reader", scopes: ["channels:read"] },
  });
  const key = String(made_.body["key"]);
  const own = await makeThing("channel", "mine");
  const foreign = await makeThing("channel", "theirs");
  const get = async (path: string) => (await rest.call("GET", path, { token: key })).status;

  expect(await get(`/api/v1/channels/${own}`)).toBe(200);
  expect(await get(`/api/v1/channels/${foreign}`)).toBe(404);
  expect(await get("/api/v1/bots")).toBe(403);
  expect(await get("/api/v1/users")).toBe(403);
  await rest.call("DELETE", `/api/v1/api-keys/${String(made_.body["id"])}`, { token: owner });
  expect(await get(`/api/v1/channels/${own}`)).toBe(401);
});

test("every call that changes something leaves an entry with who, what and how it ended", async () => {
  const { token, id } = await rest.addUser("admin", "audited");
  const made_ = await rest.call("POST", "/api/v1/bots", { token, body: named });
  await rest.call("DELETE", "/api/v1/users/nobody", { token });
  await rest.call("GET", "/api/v1/bots", { token });

  const { body } = await rest.call("GET", "/api/v1/audit", { token });

  expect(body["items"]).toMatchObject([
    { action: "delete_user", target: "nobody", status: 404, actor: { id, kind: "user" } },
    { action: "create_bot", target: made_.body["id"], status: 201, fields: ["name"] },
    { action: "login", status: 200 },
  ]);
});

test("an admin cannot make, raise or remove an owner, and the last owner stays", async () => {
  const admin = tokens.get("admin");
  const [boss] = (await rest.api.models.users.list("mine", "", 100)).filter(
    ({ role }) => role === "owner",
  );
  const path = `/api/v1/users/${String(boss?._id)}`;
  const self = (await rest.api.models.users.list("mine", "", 100)).find(
    ({ role }) => role === "admin",
  );
  const patch = (where: string, token: string | undefined, body: object) =>
    rest.call("PATCH", where, { token, body });

  const answers = [
    await rest.call("DELETE", path, { token: admin }),
    await patch(path, admin, { role: "viewer" }),
    await patch(`/api/v1/users/${String(self?._id)}`, admin, { role: "owner" }),
    await rest.call("DELETE", path, { token: tokens.get("owner") }),
    await patch(path, tokens.get("owner"), { is_active: false }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 409, 409]);
});
