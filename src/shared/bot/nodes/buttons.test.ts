import { expect, test } from "vitest";
import { buildFlow, buttons, condition, message, readSent, talk } from "#shared/bot/test-flows.ts";

const ends = [message("yes", "took yes"), message("no", "took no"), message("else", "took else")];

const open = (edges: Parameters<typeof buildFlow>[1], more: object = {}) => {
  const send = talk(buildFlow([buttons("b", ["Да", "Нет"], more), ...ends], edges));
  send("hi");
  return send;
};

const ownEdges = [
  ["b", "yes", "b1"],
  ["b", "no", "нет"],
] as const;

test("the choices go out as buttons", () => {
  const turn = talk(buildFlow([buttons("b", ["Да", "{{contact.name}}"])]))("hi");

  expect(turn?.effects).toEqual([
    {
      kind: "send",
      command: {
        type: "buttons",
        text: "Choose",
        buttons: [
          { id: "b1", title: "Да" },
          { id: "b2", title: "Anna" },
        ],
      },
    },
  ]);
});

test.each([
  { said: "the payload", input: { text: "", payload: "b2" } },
  { said: "the payload, whatever the text", input: { text: "Да", payload: "b2" } },
  { said: "the label as typed", input: { text: " НЕТ " } },
  { said: "the label, with the payload of other buttons", input: { text: "Нет", payload: "old" } },
  { said: "the number", input: { text: "2" } },
])("$said presses a button", ({ input }) => {
  expect(readSent(open(ownEdges)({ kind: "answer", ...input }))).toEqual(["took no"]);
});

test("a button without its own edge takes the plain one", () => {
  const send = open([
    ["b", "yes", "b1"],
    ["b", "else"],
  ]);

  expect(readSent(send("Нет"))).toEqual(["took else"]);
});

test("an answer that is no button takes the plain edge, with the customer's words", () => {
  const send = open([...ownEdges, ["b", "else"]]);

  expect(readSent(send("может быть"))).toEqual(["took else"]);
});

test("without a plain edge an answer that is no button gets the buttons again", () => {
  const send = open(ownEdges, { timeoutSeconds: 60 });

  const turn = send("может быть");

  expect(readSent(turn)).toEqual(["Choose [Да|Нет]"]);
  expect(turn).toMatchObject({ session: { nodeId: "b", waitId: "wait-2" }, timeoutMs: 60_000 });
  expect(readSent(send("1"))).toEqual(["took yes"]);
});

test("the pressed label is saved and is what later nodes take for the answer", () => {
  const nodes = [
    buttons("b", ["Записаться", "Цены"], { saveAs: "wish" }),
    condition("c", "contains", "запис"),
    message("m", "{{user_input}} = {{wish}}"),
  ];
  const send = talk(
    buildFlow(nodes, [
      ["b", "c"],
      ["c", "m", "true"],
    ]),
  );
  send("hi");

  const turn = send("1");

  expect(turn?.effects[0]).toEqual({ kind: "save", field: "wish", value: "Записаться" });
  expect(readSent(turn)).toEqual(["Записаться = Записаться"]);
  expect(turn?.session.variables).toEqual({ wish: "Записаться" });
});
