import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import { createHttp } from "#shared/providers/http.ts";
import greenApi from "#shared/providers/green-api/index.ts";
import whatsapp from "#shared/providers/whatsapp-cloud/index.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import { commands } from "./commands.ts";

const http = createHttp({ timeoutMs: 5000 });
const meta = await createWhatsappSimulator();
const green = await createGreenApiSimulator();
beforeAll(() => meta.noteInbound("447700900123"));
afterAll(() => Promise.all([http.close(), meta.close(), green.close()]));

const sides = {
  "whatsapp-cloud": {
    provider: whatsapp,
    ledger: meta.ledger,
    to: "447700900123",
    account: {
      externalId: "100000000000001",
      apiUrl: `${meta.url}/v24.0`,
      token: "demo-whatsapp-token",
      guarded: false,
    },
  },
  "green-api": {
    provider: greenApi,
    ledger: green.ledger,
    to: "447700900123@c.us",
    account: {
      externalId: "1101999001",
      apiUrl: green.url,
      token: "demo-green-token",
      guarded: false,
    },
  },
} as const;

const send = async (name: keyof typeof sides, command: Command) => {
  const { provider, ledger, to, account } = sides[name];
  const before = ledger.size;
  const signal = new AbortController().signal;
  const outcome = await provider.send({ http, account, to, command, callback: "x", signal });
  return { outcome, entry: ledger.entries({ after: before })[0], told: provider.review?.(command) };
};

type Kind = keyof typeof commands;
const taken: Readonly<Record<keyof typeof sides, Partial<Record<Kind, string>>>> = {
  "whatsapp-cloud": {
    text: "text",
    buttons: "button",
    list: "list",
    template: "template",
    wholeTemplate: "template",
    image: "image",
    location: "location",
    contacts: "contacts",
    reaction: "reaction",
    poll: "button",
    pollOfMany: "text",
    form: "flow",
  },
  "green-api": {
    text: "sendMessage",
    buttons: "sendInteractiveButtonsReply",
    list: "sendMessage",
    image: "sendFileByUrl",
    location: "sendLocation",
    contacts: "sendContact",
    poll: "sendPoll",
    pollOfMany: "sendPoll",
  },
};
const refused: Readonly<Record<keyof typeof sides, readonly Kind[]>> = {
  "whatsapp-cloud": [],
  "green-api": ["template", "wholeTemplate", "reaction", "form"],
};
const marks: readonly Kind[] = ["read", "typing"];

describe.each(["whatsapp-cloud", "green-api"] as const)("%s", (name) => {
  test("every kind of command has its expectation here", () => {
    const listed = [...Object.keys(taken[name]), ...refused[name], ...marks];

    expect(listed.toSorted()).toEqual(Object.keys(commands).toSorted());
  });

  test.each(Object.entries(commands).filter(([kind]) => Object.hasOwn(taken[name], kind)))(
    "takes %s",
    async (kind, command) => {
      const { outcome, entry } = await send(name, command);

      expect(outcome).toMatchObject({ kind: "sent", providerMessageId: entry?.id });
      expect(entry?.type).toBe(Object.entries(taken[name]).find(([key]) => key === kind)?.[1]);
    },
  );

  test.each(marks)("takes %s, which makes no message", async (kind) => {
    const { outcome, entry } = await send(name, commands[kind]);

    expect(outcome).toEqual({ kind: "sent" });
    expect(entry).toBeUndefined();
  });

  test.each(refused[name])("refuses %s without a call and says so beforehand", async (kind) => {
    const { outcome, entry, told } = await send(name, commands[kind]);

    expect(outcome).toMatchObject({ kind: "refused", code: "invalid_command" });
    expect(entry).toBeUndefined();
    expect(told).toMatch(/^is refused: /);
  });
});

test.each([
  ["whatsapp-cloud", "poll", /has no polls: goes out as buttons$/],
  ["whatsapp-cloud", "pollOfMany", /has no polls: goes out as numbered lines$/],
  ["green-api", "poll", /^$/],
  ["green-api", "list", /has no lists/],
] as const)("%s tells what becomes of %s", (name, kind, says) => {
  expect(sides[name].provider.review?.(commands[kind]) ?? "").toMatch(says);
});

test("typing without a message to answer is refused by WhatsApp alone", async () => {
  const typing = { type: "typing" } as const;

  expect((await send("whatsapp-cloud", typing)).outcome.kind).toBe("refused");
  expect((await send("green-api", typing)).outcome).toEqual({ kind: "sent" });
});

test("Green API takes one contact with one number at a time", async () => {
  const [card] = commands.contacts.contacts;
  const two = { type: "contacts", contacts: [card, card] } as const;

  expect((await send("green-api", two)).outcome.kind).toBe("refused");
});
