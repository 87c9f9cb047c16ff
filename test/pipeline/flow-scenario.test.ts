import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";
const greeting = "Здравствуйте! Я бот салона красоты.";
const question = "Что вас интересует?";
const options = ["Записаться", "Узнать цены", "Задать вопрос"];

type Simulator = TestSystem["whatsapp"] | TestSystem["greenApi"];
type Said = Parameters<Simulator["customerSays"]>[0];

/** Says something and answers what so many replies to it were. */
const createTalk = ({ ledger, customerSays }: Simulator, who: string) => {
  let heard = 0;
  return async (said: Said, replies: number) => {
    await customerSays({ from: who, ...said });
    const entries = await ledger.waitFor(heard + replies, 15_000);
    const news = entries.slice(heard);
    heard += replies;
    return news.map(({ text, buttons }) => ({ text, buttons: buttons.map(({ title }) => title) }));
  };
};

const plain = (text: string) => ({ text, buttons: [] });

test.for(["whatsapp", "greenApi"] as const)(
  "the salon's scenario runs to its end (%s)",
  async (name) => {
    const system = await startSystem({ bot: "salon.ru" });
    onTestFinished(system.stop);
    const say = createTalk(system[name], from);
    const menu = { text: question, buttons: options };

    expect(await say({ text: "привет" }, 2)).toEqual([plain(greeting), menu]);
    expect(await say({ text: "не знаю" }, 2)).toEqual([
      plain("Не понял вас. Нажмите кнопку или напишите «записаться»."),
      menu,
    ]);
    expect(await say({ button: { id: "prices", title: "Узнать цены" } }, 2)).toEqual([
      plain("Стрижка от 1500 ₽\nОкрашивание от 3500 ₽\nУход от 2000 ₽"),
      menu,
    ]);
    expect(await say({ text: "хочу записаться" }, 1)).toEqual([plain("Как вас зовут?")]);
    expect(await say({ text: "Анна" }, 1)).toEqual([plain("Анна, на какую дату вас записать?")]);
    expect(await say({ text: "5 мая" }, 1)).toEqual([
      plain("Спасибо, Анна! Заявка на 5 мая принята, менеджер свяжется с вами."),
    ]);

    await eventually(async () => {
      const [contact] = await system.readAll("contacts");
      expect(contact).toMatchObject({
        phone: from,
        name: "Test Customer",
        fields: { customer_name: "Анна", visit_date: "5 мая" },
      });
    });
  },
);

test("where buttons cannot go they are numbered, and the number is the answer", async () => {
  const system = await startSystem({ bot: "salon.ru" });
  onTestFinished(system.stop);
  const say = createTalk(system.greenApi, "120650000000001@lid");
  const numbered = `${question}\n\n1. Записаться\n2. Узнать цены\n3. Задать вопрос`;

  expect(await say({ text: "привет" }, 2)).toEqual([plain(greeting), plain(numbered)]);
  expect(await say({ text: "2" }, 2)).toEqual([
    plain("Стрижка от 1500 ₽\nОкрашивание от 3500 ₽\nУход от 2000 ₽"),
    plain(numbered),
  ]);
});
