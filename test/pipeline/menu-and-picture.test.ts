import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const byWebhook = await startSystem({ chatrace: {} });
const byPolling = await startSystem({
  chatrace: { delivery: "polling", pollEveryMs: 500 },
  greenApi: { delivery: "polling" },
  greenApiSimulator: { pollSecondMs: 50 },
});
afterAll(() => Promise.all([byWebhook.stop(), byPolling.stop()]));

const url = "https://example.com/prices.png";
const titles = ["Записаться", "Узнать цены"];
const numbered = "Что вас интересует?\n\n1. Записаться\n2. Узнать цены";

for (const { models } of [byWebhook, byPolling])
  await models.bots.publish(
    { _id: "bot", schemaVersion: 1, tenantId: "tenant", name: "menu", updatedAt: new Date() },
    {
      nodes: [
        { id: "prices", type: "media", data: { mediaType: "image", url } },
        {
          id: "menu",
          type: "buttons",
          data: {
            message: "Что вас интересует?",
            buttons: titles.map((label, place) => ({ id: `b${place}`, label })),
          },
        },
        { id: "chosen", type: "message", data: { message: "Выбрано: {{user_input}}" } },
      ],
      edges: [
        { source: "prices", target: "menu" },
        { source: "menu", target: "chosen", label: "b1" },
      ],
      start: "prices",
    },
    new Date(),
  );

interface Row {
  readonly way: string;
  readonly system: TestSystem;
  readonly simulator: "whatsapp" | "greenApi" | "wazzup24" | "chatrace";
  readonly hasButtons: boolean;
}

const rows: readonly Row[] = [
  { way: "WhatsApp", system: byWebhook, simulator: "whatsapp", hasButtons: true },
  { way: "Green API", system: byWebhook, simulator: "greenApi", hasButtons: true },
  { way: "Wazzup24", system: byWebhook, simulator: "wazzup24", hasButtons: false },
  { way: "Chatrace", system: byWebhook, simulator: "chatrace", hasButtons: true },
  { way: "Green API by polling", system: byPolling, simulator: "greenApi", hasButtons: true },
  { way: "Chatrace by polling", system: byPolling, simulator: "chatrace", hasButtons: true },
];

test.each(rows)(
  "who writes by $way gets a picture and a menu, chooses, and is answered",
  async ({ system, simulator, hasButtons }) => {
    const { customerSays, ledger } = system[simulator];
    const from = "447700900150";
    const replies = () => ledger.entries({ to: from });

    await customerSays({ from, text: "Привет" });
    await eventually(() => expect(replies()).toHaveLength(2), 20_000);
    await customerSays({ from, text: "2" });
    await eventually(() => expect(replies()).toHaveLength(3), 20_000);

    const [picture, menu, answer] = replies();
    expect(picture).toMatchObject({ link: url });
    expect(menu?.buttons.map(({ title }) => title)).toEqual(hasButtons ? titles : []);
    expect(menu?.text).toBe(hasButtons ? "Что вас интересует?" : numbered);
    expect(answer?.text).toBe("Выбрано: Узнать цены");
  },
);
