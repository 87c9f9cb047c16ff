import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

/** The scenario of the documents: Welcome → Buttons → Condition → Question ×2 → Action → Message. */
const flow = {
  nodes: [
    { id: "1", type: "welcome", data: { message: "Привет! Я бот салона красоты" } },
    {
      id: "2",
      type: "buttons",
      data: {
        message: "Что вас интересует?",
        buttons: [
          { id: "1", label: "Записаться на услугу" },
          { id: "2", label: "Узнать цены" },
          { id: "3", label: "Задать вопрос" },
        ],
      },
    },
    { id: "3", type: "condition", data: { conditionType: "contains", value: "запис" } },
    { id: "4", type: "question", data: { question: "Как вас зовут?", saveAs: "customer_name" } },
    { id: "5", type: "question", data: { question: "На какую дату?", saveAs: "visit_date" } },
    {
      id: "6",
      type: "action",
      data: { actionType: "create_deal", value: "Запись: {{user_input}}" },
    },
    {
      id: "7",
      type: "message",
      data: { message: "Заявка принята! Менеджер свяжется с вами." },
    },
    { id: "8", type: "action", data: { actionType: "human_takeover" } },
  ],
  edges: [
    { source: "1", target: "2" },
    { source: "2", target: "3" },
    { source: "3", target: "4", label: "true" },
    { source: "3", target: "2", label: "false" },
    { source: "4", target: "5" },
    { source: "5", target: "6" },
    { source: "6", target: "7" },
    { source: "7", target: "8" },
  ],
};

const withId = z.looseObject({ id: z.string() });
const items = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

test("the salon's bot is made over REST, makes its deal, and a person answers and hands back", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const admin = await signIn(system, "admin");
  const operator = await signIn(system, "operator");
  const bot = withId.parse((await admin.post("/api/v1/bots", { name: "Салон", flow })).body);
  const published = await admin.post(`/api/v1/bots/${bot.id}/publish`);
  const bound = await admin.send("PATCH", "/api/v1/channels/whatsapp", { bot_id: bot.id });
  expect([published.status, bound.status]).toEqual([200, 200]);
  // The worker hears of the channel's new bot within its second.
  await eventually(async () => {
    await customerSays({ from: "447700900999", text: "?" });
    const said = ledger.entries().map(({ text }) => text);
    expect(said).toContain("Привет! Я бот салона красоты");
  }, 15_000);

  const saysLast = async (words: Parameters<typeof customerSays>[0], answer: string) => {
    await customerSays({ from, ...words });
    await ledger.waitFor(({ to, text }) => to === from && text === answer, 15_000);
  };
  await saysLast({ text: "Здравствуйте" }, "Что вас интересует?");
  await saysLast({ button: { id: "1", title: "Записаться на услугу" } }, "Как вас зовут?");
  await saysLast({ text: "Айгуль" }, "На какую дату?");
  await saysLast({ text: "5 мая" }, "Заявка принята! Менеджер свяжется с вами.");

  const found = await eventually(async () => {
    const { body } = await operator.get("/api/v1/conversations?mode=operator");
    const [first] = items.parse(body).items;
    if (first === undefined) throw new Error("nobody was handed over");
    return first;
  }, 15_000);
  const deals = await operator.get("/api/v1/deals?status=open");
  const contacts = await operator.get(`/api/v1/contacts?phone=%2B${from}`);
  const path = `/api/v1/conversations/${found.id}`;
  await operator.post(`${path}/messages`, { content: "Ждём вас в 12", message_type: "text" });
  await ledger.waitFor(({ text }) => text === "Ждём вас в 12", 15_000);
  await operator.post(`${path}/handback`);

  expect(deals.body["items"]).toMatchObject([{ title: "Запись: 5 мая", status: "open" }]);
  expect(contacts.body["items"]).toMatchObject([
    { metadata: { customer_name: "Айгуль", visit_date: "5 мая" } },
  ]);
  await eventually(async () => {
    expect((await operator.get(path)).body).toMatchObject({ mode: "bot" });
  }, 15_000);
  await saysLast({ text: "Ещё раз" }, "Что вас интересует?");
});
