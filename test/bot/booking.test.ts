import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

test("the salon's booking makes one deal and leaves the customer to a person", async () => {
  const system = await startSystem({ bot: "booking.ru" });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const heard = async (said: Parameters<typeof customerSays>[0], upTo: number) => {
    await customerSays(said);
    return (await ledger.waitFor(upTo, 15_000)).slice(-1).map(({ text }) => text);
  };

  expect(await heard({ text: "привет" }, 2)).toEqual(["Что вас интересует?"]);
  expect(await heard({ button: { id: "1", title: "Записаться" } }, 3)).toEqual(["Как вас зовут?"]);
  expect(await heard({ text: "Анна" }, 4)).toEqual(["На какую дату?"]);
  expect(await heard({ text: "5 мая" }, 5)).toEqual(["Заявка принята! Менеджер свяжется с вами."]);
  await customerSays({ text: "спасибо" });

  await eventually(async () => {
    const [conversation] = await system.readAll("conversations");
    expect(conversation).toMatchObject({ mode: "operator", version: 5 });
  });
  expect(await system.readAll("deals")).toMatchObject([
    {
      title: "Запись: Анна, 5 мая",
      fields: { customer_name: "Анна", visit_date: "5 мая" },
    },
  ]);
  expect(await system.readAll("contacts")).toMatchObject([
    { fields: { customer_name: "Анна", visit_date: "5 мая" } },
  ]);
  expect(ledger.entries()).toHaveLength(5);
});
