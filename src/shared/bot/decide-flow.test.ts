import { expect, test } from "vitest";
import { decideFlow } from "#shared/bot/decide-flow.ts";
import { buttons, draftFlow, expectFlow, message } from "#shared/bot/test-flows.ts";
import type { Heard } from "#shared/domain/session.ts";

const goodbye = { flows: { bye: draftFlow([message("b", "Bye")]) } };

const bot = (name: string, triggers: readonly object[], more: object = {}) => ({
  name,
  flow: expectFlow({ ...draftFlow([message("m", "Hello")]), ...more, triggers }),
});

const heard = (text: string, more: Partial<Heard> = {}): Heard => ({
  texts: [text],
  messageType: "text",
  ...more,
});

/** `answer menu`, `start menu at m`, or nothing. */
const decide = (
  flows: Parameters<typeof decideFlow<ReturnType<typeof bot>>>[0],
  said: Heard,
): string | undefined => {
  const decision = decideFlow(flows, said);
  if (decision === undefined) return undefined;
  const { does, by, at } = decision;
  return `${does} ${by.name}${at === undefined ? "" : ` at ${at}`}`;
};

test("a bot without triggers starts on whatever is said", () => {
  expect(decide({ starters: [bot("plain", [])] }, heard("hi"))).toBe("start plain");
});

test("what restarts a bot takes nothing from what starts it", () => {
  const menu = bot("menu", [{ on: "keyword", words: ["menu"], does: "restart" }]);

  expect(decide({ starters: [menu] }, heard("hi"))).toBe("start menu");
  expect(decide({ starters: [menu] }, heard("Menu"))).toBe("start menu at m");
});

test.each([
  ["exact", ["Меню"], "  меню! ", true],
  ["exact", ["меню"], "покажи меню", false],
  ["exact", ["+"], "+", true],
  ["exact", ["+"], "++", false],
  ["contains", ["цен"], "Какая ЦЕНА?", true],
  ["contains", ["цен"], "сколько", false],
  ["pattern", ["^№?\\s*\\d{4}$"], "№ 1234", true],
  ["pattern", ["^№?\\s*\\d{4}$"], "12345", false],
])("the keyword %s %j fits %j: %s", (match, words, text, fits) => {
  const starters = [bot("words", [{ on: "keyword", match, words }])];

  expect(decide({ starters }, heard(text))).toBe(fits ? "start words at m" : undefined);
});

test("each message of a burst may be the keyword", () => {
  const starters = [bot("words", [{ on: "keyword", words: ["menu"] }])];

  expect(decide({ starters }, { texts: ["hi", "menu"], messageType: "text" })).toBe(
    "start words at m",
  );
});

test("a first contact, an ad and a pressed button have bots of their own, by priority", () => {
  const starters = [
    bot("ad", [{ on: "referral", ids: ["42"] }]),
    bot("button", [{ on: "button", payloads: ["buy"] }]),
    bot("first", [{ on: "first_contact" }]),
    bot("rest", [{ on: "any" }]),
    bot("never", []),
  ];
  const ask = (more: Partial<Heard>) => decide({ starters }, heard("hi", more));

  expect(ask({ referral: { id: "42" }, isFirst: true })).toBe("start ad at m");
  expect(ask({ referral: { id: "43" }, isFirst: true })).toBe("start first at m");
  expect(ask({ payload: "buy" })).toBe("start button at m");
  expect(ask({})).toBe("start rest");
});

test("an ad of any id starts what names none", () => {
  const starters = [bot("ads", [{ on: "referral" }])];

  expect(decide({ starters }, heard("hi", { referral: {} }))).toBe("start ads at m");
  expect(decide({ starters }, heard("hi"))).toBe(undefined);
});

test("a trigger names the flow of the document that starts, and any comes last", () => {
  const triggers = [{ on: "any" }, { on: "keyword", words: ["bye"], flow: "bye" }];
  const starters = [bot("two", triggers, goodbye)];

  expect(decide({ starters }, heard("bye"))).toBe("start two at bye/b");
  expect(decide({ starters }, heard("hi"))).toBe("start two");
});

test("a running flow is answered, until a word restarts another or leaves it", () => {
  const running = bot("shop", [{ on: "keyword", words: ["стоп"], does: "leave" }]);
  const starters = [
    bot("menu", [
      { on: "keyword", words: ["меню"], does: "restart" },
      { on: "keyword", words: ["привет"] },
      { on: "keyword", words: ["дальше"], does: "leave" },
    ]),
    running,
  ];
  const ask = (text: string) => decide({ starters, running }, heard(text));

  expect(ask("привет")).toBe("answer shop");
  expect(ask("дальше")).toBe("answer shop");
  expect(ask("Меню")).toBe("start menu at m");
  expect(ask("стоп")).toBe("leave shop");
});

test("leaving may lead through a flow that says good-bye, and means nothing where none runs", () => {
  const stop = { on: "keyword", words: ["stop"], does: "leave", flow: "bye" };
  const shop = bot("shop", [stop, { on: "keyword", words: ["buy"] }], goodbye);

  expect(decide({ starters: [shop], running: shop }, heard("stop"))).toBe("leave shop at bye/b");
  expect(decide({ starters: [shop] }, heard("stop"))).toBe(undefined);
});

test("what stands on a pressed button is no keyword", () => {
  const running = bot("shop", [{ on: "keyword", words: ["stop"], does: "leave" }]);

  expect(decide({ starters: [], running }, heard("stop", { payload: "7" }))).toBe("answer shop");
});

test("an old button of a bot that is not running starts that bot again", () => {
  const old = {
    name: "old",
    flow: expectFlow({
      ...draftFlow([buttons("menu", ["Prices", "Hours"])]),
      triggers: [{ on: "keyword", words: ["start"] }],
    }),
  };
  const starters = [bot("words", [{ on: "keyword", words: ["x"] }]), old];

  expect(decide({ starters }, heard("Hours", { payload: "b2" }))).toBe("start old");
  expect(decide({ starters }, heard("Other", { payload: "b2" }))).toBe(undefined);
});
