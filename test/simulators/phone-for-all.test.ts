import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createChatraceSimulator } from "../../src/simulators/chatrace/create-simulator.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { createPhone } from "../../src/simulators/phone/create-phone.ts";
import { createWazzupSimulator } from "../../src/simulators/wazzup24/create-simulator.ts";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { eventually } from "../support/eventually.ts";
import { startReceiver } from "../support/receiver.ts";

const customer = "447700900123";
const picture = "https://pictures.example/cut.png";
const json = { "content-type": "application/json" };

interface Send {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** How each provider's API takes a picture for the customer. */
const rows: readonly [
  title: string,
  create: () => Promise<
    Parameters<typeof createPhone>[1][number] & { url: string; close: () => Promise<void> }
  >,
  send: Send,
  /** What is told of it in the end; Chatrace tells nothing. */
  status: string | undefined,
][] = [
  [
    "WhatsApp",
    async () => {
      const whatsapp = await createWhatsappSimulator();
      whatsapp.noteInbound(customer);
      return { title: "WhatsApp", ...whatsapp };
    },
    {
      path: "/v24.0/100000000000001/messages",
      headers: { authorization: "Bearer demo-whatsapp-token" },
      body: {
        messaging_product: "whatsapp",
        to: customer,
        type: "image",
        image: { link: picture },
      },
    },
    "delivered",
  ],
  [
    "Green API",
    async () => ({ title: "Green API", ...(await createGreenApiSimulator()) }),
    {
      path: "/waInstance1101999001/sendFileByUrl/demo-green-token",
      body: { chatId: `${customer}@c.us`, urlFile: picture, fileName: "cut.png" },
    },
    "delivered",
  ],
  [
    "Wazzup24",
    async () => ({ title: "Wazzup24", ...(await createWazzupSimulator()) }),
    {
      path: "/v3/message",
      headers: { authorization: "Bearer demo-wazzup24-key" },
      body: {
        channelId: "11111111-1111-4111-8111-111111111111",
        chatType: "whatsapp",
        chatId: customer,
        contentUri: picture,
      },
    },
    "delivered",
  ],
  [
    "Chatrace",
    async () => {
      const chatrace = await createChatraceSimulator();
      chatrace.noteContact(customer);
      return { title: "Chatrace", ...chatrace };
    },
    {
      path: `/contacts/${customer}/send/file`,
      headers: { "x-access-token": "demo-chatrace-token" },
      body: { url: picture, type: "image" },
    },
    undefined,
  ],
];

const shown = z.object({
  entries: z.array(z.object({ id: z.string(), outcome: z.string(), link: z.string().optional() })),
  statuses: z.record(z.string(), z.string()),
});

test.each(rows)(
  "%s: the page shows the bot's picture, what became of it, and faults",
  async (...row) => {
    const [title, create, send, status] = row;
    const simulator = await create();
    const phone = await createPhone({ host: "127.0.0.1", port: 0 }, [simulator]);
    onTestFinished(async () => {
      await Promise.all([phone.close(), simulator.close()]);
    });
    const base = `${phone.url}/channels/0`;

    const taken = await fetch(simulator.url + send.path, {
      method: "POST",
      headers: { ...json, ...send.headers },
      body: JSON.stringify(send.body),
    });

    expect(taken.status).toBeLessThan(300);
    await eventually(async () => {
      const answer = await fetch(`${base}/ledger?to=${customer}`);
      const { entries, statuses } = shown.parse(await answer.json());
      expect(entries).toMatchObject([{ link: picture, outcome: "answered" }]);
      expect(statuses[entries[0]?.id ?? ""]).toBe(status);
    });
    const change = { method: "PATCH", headers: json, body: JSON.stringify({ latencyMs: 1 }) };
    expect(await (await fetch(`${base}/switches`, change)).json()).toMatchObject({ latencyMs: 1 });
    expect(await (await fetch(phone.url)).text()).toContain(`>${title}</option>`);
  },
);

test.each([
  ["Wazzup24", () => createWazzupSimulator()],
  ["Chatrace", () => createChatraceSimulator()],
] as const)("%s: a customer's picture lies where the message says", async (_title, create) => {
  const simulator = await create();
  onTestFinished(() => simulator.close());
  const receiver = await startReceiver();
  onTestFinished(receiver.close);
  simulator.pointWebhooksAt(receiver.url);

  await simulator.customerSays({ from: customer, image: {} });

  const [link = ""] = /http:[^"]*\/files\/[^"]*/.exec(receiver.received[0]?.body ?? "") ?? [];
  const file = await fetch(link);
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
});
