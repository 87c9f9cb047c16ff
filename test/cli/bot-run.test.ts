import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const salon = ["bot", "run", "examples/bots/salon.ru.json"];

test("a flow is talked to line by line, without any server", async () => {
  const input = ["привет", "1", "Анна", "/wait 15m", "/press prices Узнать цены"].join("\n");

  const ran = await runCli(salon, { input });

  expect(ran).toEqual({
    out: [
      "bot: Здравствуйте! Я бот салона красоты.",
      "bot: Что вас интересует?",
      "  1. Записаться",
      "  2. Узнать цены",
      "  3. Задать вопрос",
      "bot: Как вас зовут?",
      "  (customer.metadata.customer_name = Анна)",
      "bot: Анна, на какую дату вас записать?",
      "  (waits 900 s)",
      "bot: Спасибо, Анна! Дату уточнит менеджер, он свяжется с вами.",
      "  (the scenario is over)",
      "bot: Стрижка от 1500 ₽\nОкрашивание от 3500 ₽\nУход от 2000 ₽",
      "bot: Что вас интересует?",
      "  1. Записаться",
      "  2. Узнать цены",
      "  3. Задать вопрос",
      "",
    ].join("\n"),
    err: "",
    exitCode: 0,
  });
});

test("a program gets one line of JSON for each turn", async () => {
  const args = ["bot", "run", "examples/bots/echo.json", "--json", "--name", "Anna"];

  const { out } = await runCli(args, { input: "one\n/image\n" });

  const lines = out.trim().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
    [
      { in: "one", text: "Вы написали: one" },
      { in: "/image", text: "Вы написали: " },
    ].map(({ in: heard, text }) => ({
      in: heard,
      session: { botVersionId: "rehearsal", variables: {} },
      effects: [{ kind: "send", command: { type: "text", text } }],
    })),
  );
});

test("a flow that cannot run is not talked to", async () => {
  const { err, exitCode } = await runCli(["bot", "run", "package.json"], { input: "hi" });

  expect(exitCode).toBe(1);
  expect(err).toContain("package.json is not a flow that can run");
});
