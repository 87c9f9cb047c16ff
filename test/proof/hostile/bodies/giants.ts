import type { Route } from "./routes.ts";

/** A body as large and as costly as the limits let in: what each asks most of is its name. */
export interface Giant {
  readonly name: string;
  readonly provider: Route["provider"];
  readonly write: () => string;
  /** So many turns that only the long run waits for them. */
  readonly isLong?: true;
}

const megabytes = (count: number, text = "x"): string =>
  text.repeat(Math.floor((count * 1024 * 1024) / Buffer.byteLength(text)));
const many = <Item>(count: number, item: (place: number) => Item): Item[] =>
  Array.from({ length: count }, (_, place) => item(place));

const peerOf = (place: number): string => String(447_800_000_000 + place);
const textFrom = (place: number, more: object = {}) => ({
  from: peerOf(place),
  id: `wamid.giant${place}`,
  timestamp: String(Math.floor(Date.now() / 1000)),
  type: "text",
  text: { body: "hi" },
  ...more,
});
const change = (value: object, account = "100000000000001") => ({
  field: "messages",
  value: { metadata: { phone_number_id: account }, ...value },
});
const meta = (...changes: readonly unknown[]): string =>
  JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "1", changes }] });
const whatsapp = (name: string, changes: () => readonly unknown[]): Giant => ({
  name,
  provider: "whatsapp-cloud",
  write: () => meta(...changes()),
});
const wazzup = (name: string, body: () => object): Giant => ({
  name: `Wazzup24: ${name}`,
  provider: "wazzup24",
  write: () => JSON.stringify(body()),
});
const said = (place: number, more: object = {}) => ({
  messageId: `giant${place}`,
  dateTime: new Date().toISOString(),
  channelId: "11111111-1111-4111-8111-111111111111",
  chatType: "whatsapp",
  chatId: peerOf(place),
  type: "text",
  status: "inbound",
  text: "hi",
  ...more,
});
const chatrace = (name: string, body: () => unknown): Giant => ({
  name: `Chatrace: ${name}`,
  provider: "chatrace",
  write: () => JSON.stringify(body()),
});
const flat = (place: number, more: object = {}) => ({
  contact_id: peerOf(place),
  account_id: "1543000",
  message_id: `giant${place}`,
  text: "hi",
  timestamp: String(Math.floor(Date.now() / 1000)),
  ...more,
});
const green = (name: string, body: () => object): Giant => ({
  name,
  provider: "green-api",
  write: () =>
    JSON.stringify({
      typeWebhook: "incomingMessageReceived",
      instanceData: { idInstance: 1_101_999_001 },
      idMessage: `GIANT${name}`,
      timestamp: Math.floor(Date.now() / 1000),
      senderData: { chatId: "447890000000@c.us", sender: "447890000000@c.us" },
      messageData: { typeMessage: "textMessage", textMessageData: { textMessage: "hi" } },
      ...body(),
    }),
});

/** Every one is below 4 MB, 64 levels and 250,000 values, so that nothing but its content is wrong. */
export const giants: readonly Giant[] = [
  whatsapp("one long text", () => [
    change({ messages: [textFrom(0, { text: { body: megabytes(3.9) } })] }),
  ]),
  whatsapp("one long name", () => [
    change({
      contacts: [{ wa_id: peerOf(1), profile: { name: megabytes(3.9) } }],
      messages: [textFrom(1)],
    }),
  ]),
  whatsapp("a name that doubles when it is escaped", () => [
    change({
      contacts: [{ wa_id: peerOf(2), profile: { name: megabytes(1.9, '"') } }],
      messages: [textFrom(2)],
    }),
  ]),
  whatsapp("a long id and a long sender", () => [
    change({ messages: [textFrom(3, { id: megabytes(1.9), from: megabytes(1.9) })] }),
  ]),
  whatsapp("a receipt with a long code", () => [
    change({
      statuses: [
        {
          id: "wamid.g4",
          status: "failed",
          errors: [{ code: megabytes(1.9), title: megabytes(1.9) }],
        },
      ],
    }),
  ]),
  whatsapp("an error with a long code", () => [change({ errors: [{ code: megabytes(3.9) }] })]),
  whatsapp("a call with a long event", () => [
    change({
      calls: [{ id: "wacid.5", from: peerOf(5), event: megabytes(3.9), timestamp: "1762000000" }],
    }),
  ]),
  whatsapp("a long reason for a ban", () => [
    {
      field: "account_update",
      value: {
        metadata: { phone_number_id: "100000000000001" },
        event: megabytes(1.9),
        ban_info: { waba_ban_state: megabytes(1.9) },
      },
    },
  ]),
  whatsapp("a long name of a field", () => [{ field: megabytes(3.9), value: {} }]),
  {
    ...whatsapp("messages of 1,000 customers", () => [
      change({ messages: many(1000, (n) => textFrom(10 + n)) }),
    ]),
    isLong: true as const,
  },
  whatsapp("messages of 20,000 customers", () => [
    change({ messages: many(20_000, (n) => textFrom(2000 + n)) }),
  ]),
  {
    ...whatsapp("1,000 messages of one customer", () => [
      change({ messages: many(1000, (n) => textFrom(30_000 + n, { from: peerOf(30_000) })) }),
    ]),
    isLong: true as const,
  },
  whatsapp("60,000 receipts", () => [
    change({ statuses: many(60_000, (n) => ({ id: `wamid.r${n}`, status: "sent" })) }),
  ]),
  whatsapp("60,000 contacts for 1,000 messages", () => [
    change({
      contacts: many(60_000, (n) => ({ wa_id: peerOf(n) })),
      messages: many(1000, (n) => textFrom(40_000 + n)),
    }),
  ]),
  whatsapp("5,000 messages, each of an unknown account", () => [
    ...many(5000, (n) => change({ messages: [textFrom(50_000 + n)] }, String(900_000_000_000 + n))),
  ]),
  whatsapp("240,000 items that are none", () => [change({ messages: many(240_000, () => 0) })]),
  whatsapp("60,000 changes without anything", () => many(60_000, () => ({}))),
  whatsapp("150 texts of 24 kB", () => [
    change({
      messages: many(150, (n) => textFrom(60_000 + n, { text: { body: "я".repeat(12_000) } })),
    }),
  ]),
  green("one long text", () => ({
    messageData: { typeMessage: "textMessage", textMessageData: { textMessage: megabytes(3.9) } },
  })),
  green("a text of NULs", () => ({
    messageData: {
      typeMessage: "textMessage",
      textMessageData: { textMessage: "\0".repeat(600_000) },
    },
  })),
  green("one long name", () => ({
    senderData: {
      chatId: "447890000001@c.us",
      sender: "447890000001@c.us",
      senderName: megabytes(3.9),
    },
  })),
  green("a long type", () => ({ typeWebhook: megabytes(3.9) })),
  green("a call with a long status", () => ({
    typeWebhook: "incomingCall",
    from: "447890000002@c.us",
    status: megabytes(3.9),
  })),
  green("a long state", () => ({
    typeWebhook: "stateInstanceChanged",
    stateInstance: megabytes(3.9),
  })),
  green("a long quota", () => ({
    typeWebhook: "quotaExceeded",
    quotaData: { method: megabytes(1.9), status: megabytes(1.9) },
  })),
  green("a receipt with a long status", () => ({
    typeWebhook: "outgoingMessageStatus",
    status: megabytes(1.9),
    description: megabytes(1.9),
  })),
  green("120,000 unknown keys", () => Object.fromEntries(many(120_000, (n) => [`key${n}`, 0]))),
  green("a forbidden key's name in 10,000 texts", () => ({
    texts: many(100_000, () => '"__proto__":'),
  })),
  green("a number of 3.9 million digits", () => ({ toJSON: undefined })),
  wazzup("one long text", () => ({ messages: [said(0, { text: megabytes(3.9) })] })),
  wazzup("one long name", () => ({ messages: [said(1, { contact: { name: megabytes(3.9) } })] })),
  wazzup("messages of 10,000 customers", () => ({ messages: many(10_000, (n) => said(100 + n)) })),
  wazzup("60,000 receipts", () => ({
    statuses: many(60_000, (n) => ({ messageId: `r${n}`, status: "read" })),
  })),
  wazzup("a receipt with a long code", () => ({
    statuses: [{ messageId: "r", status: "error", error: { error: megabytes(3.9) } }],
  })),
  wazzup("240,000 items that are none", () => ({ messages: many(240_000, () => 0) })),
  wazzup("5,000 messages, each of an unknown channel", () => ({
    messages: many(5000, (n) => said(20_000 + n, { channelId: `nobody-${n}` })),
  })),
  wazzup("an event with a long name", () => ({ event: megabytes(3.9), data: {} })),
  wazzup("signatures of 100,000 members", () => ({
    event: "message",
    ...Object.fromEntries(many(100_000, (n) => [`key${n}`, "{"])),
    data: { chatId: peerOf(2), text: "hi" },
    signature: "0".repeat(64),
  })),
  chatrace("one long text", () => flat(0, { text: megabytes(3.9) })),
  chatrace("one long name", () => flat(1, { full_name: megabytes(3.9) })),
  chatrace("messages of 10,000 customers", () => many(10_000, (n) => flat(100 + n))),
  chatrace("a list of 240,000 items that are none", () => many(240_000, () => 0)),
  chatrace("a number of 3.9 million digits", () => flat(2)),
];

/** JSON's writer has no such number. */
export const writeGiant = ({ name, write }: Giant): string =>
  name.includes("a number of")
    ? write().replace("{", `{"number":${megabytes(3.9, "7")},`)
    : write();
