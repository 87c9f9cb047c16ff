import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectFlow, readSent, talk } from "#shared/bot/test-flows.ts";

const folder = new URL("../../../examples/bots/", import.meta.url);

const readExample = (name: string) =>
  expectFlow(JSON.parse(readFileSync(new URL(name, folder), "utf8")));

test.each(readdirSync(folder))("the example %s is a valid flow", (name) => {
  expect(readExample(name).nodes.size).toBeGreaterThan(0);
});

test("the echo bot answers every message once", () => {
  const send = talk(readExample("echo.json"));

  expect(["раз", "два", "три"].map((text) => readSent(send(text)))).toEqual([
    ["Вы написали: раз"],
    ["Вы написали: два"],
    ["Вы написали: три"],
  ]);
});

test("the salon's bot takes a booking, whether a button is pressed or words are typed", () => {
  const menu = "Что вас интересует? [Записаться|Узнать цены|Задать вопрос]";
  const send = talk(readExample("salon.ru.json"));

  expect(readSent(send("привет"))).toEqual(["Здравствуйте! Я бот салона красоты.", menu]);
  expect(readSent(send("2"))).toEqual([expect.stringContaining("Стрижка"), menu]);
  expect(readSent(send("что?"))).toEqual([expect.stringContaining("Не понял"), menu]);
  expect(readSent(send("хочу ЗАПИСАТЬСЯ на завтра"))).toEqual(["Как вас зовут?"]);
  expect(readSent(send("Анна"))).toEqual(["Анна, на какую дату вас записать?"]);
  expect(readSent(send("5 мая"))).toEqual([
    "Спасибо, Анна! Заявка на 5 мая принята, менеджер свяжется с вами.",
  ]);
});

test("a customer who gives no date is not kept waiting", () => {
  const send = talk(readExample("salon.en.json"));
  send("hi");
  send({ kind: "answer", text: "Book a visit", payload: "book" });
  const asked = send("Anna");

  const turn = send({ kind: "timeout", waitId: asked?.session.waitId ?? "" });

  expect(asked?.timeoutMs).toBe(900_000);
  expect(readSent(turn)).toEqual([
    "Thank you, Anna! A manager will contact you to agree on the date.",
  ]);
});
