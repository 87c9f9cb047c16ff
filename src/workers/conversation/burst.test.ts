import fc from "fast-check";
import { expect, test } from "vitest";
import { buttons, draftFlow, expectFlow, message } from "#shared/bot/test-flows.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import { burstBefore } from "#workers/conversation/burst.ts";
import { candidateOf, dueTimers, type Candidate } from "#workers/conversation/next-message.ts";
import { takeTurn } from "#workers/conversation/take-turn.ts";
import {
  buildConversation,
  buildMessage,
  buildWebhook,
  noon,
} from "#workers/conversation/test-turns.ts";

const second = 1000;
const repeats = { ...draftFlow([message("m", "re {{user_input}}")]), burstSeconds: 3 };

/** One conversation with a flow; turns as the drain takes them. */
const converse = (document: object = repeats) => {
  const loaded = { botVersionId: "bot|1", flow: expectFlow(document) };
  const sent: string[] = [];
  let conversation = buildConversation();
  const take = (candidate: Candidate, now: number): void => {
    const isRunning = conversation.session?.nodeId !== undefined;
    conversation = takeTurn({
      conversation,
      candidate,
      channel: { _id: "channel", tenantId: "tenant", active: true, answerGroups: false },
      flows: { starters: [loaded], ...(isRunning && { running: loaded }) },
      isEcho: false,
      handbackAfterMs: 3_600_000,
      now,
      waitId: `wait-${conversation.version}`,
      commit: `commit-${conversation.version}`,
    });
    sent.push(...readTexts(conversation));
  };
  const takeInOrder = (head: Candidate, now: number): void => {
    for (const each of [...burstBefore(conversation, head), head]) take(each, now);
  };
  return {
    sent,
    read: () => conversation,
    ring: (now: number): void => {
      for (const timer of dueTimers(conversation, now)) takeInOrder(timer, now);
    },
    say: (text: string, now: number, more: Partial<MessageEvent> = {}): void => {
      const messageId = `m${conversation.version}`;
      const at = new Date(now).toISOString();
      takeInOrder(
        candidateOf(buildMessage({ text, messageId, at, ...more }), buildWebhook(), 0),
        now,
      );
    },
    act: (act: "takeover" | "handback", now: number): void =>
      take(
        candidateOf(
          { kind: "operator", actId: `${act}${now}`, act, chatId: "79001234567" },
          buildWebhook({ source: "own", _id: `own|${act}${now}` }),
          0,
        ),
        now,
      ),
  };
};

const readTexts = ({ effects }: Conversation): readonly string[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== "outgoing") return [];
    return "text" in effect.command ? [effect.command.text] : [effect.command.type];
  });

test("messages that follow one another closely are one input, each with a turn of its own", () => {
  const { say, ring, sent, read } = converse();

  say("hello", noon);
  say("I need", noon + 2 * second);
  say("a haircut", noon + 4 * second);
  ring(noon + 6 * second);
  const early = [...sent];
  ring(noon + 7 * second);

  expect(early).toEqual([]);
  expect(sent).toEqual(["re hello\nI need\na haircut"]);
  expect(read()).toMatchObject({ version: 4, timers: [], unread: 3 });
});

test("a later message is another input", () => {
  const { say, ring, sent } = converse();

  say("one", noon);
  ring(noon + 3 * second);
  say("two", noon + 10 * second);
  ring(noon + 13 * second);

  expect(sent).toEqual(["re one", "re two"]);
});

const at = (ms: number) => ({ at: new Date(noon + ms).toISOString() });

test("after an outage, what was written later is still another input", () => {
  const { say, sent, ring } = converse();
  const now = noon + 3600 * second;

  say("one", now, at(0));
  say("two", now, at(2 * second));
  say("later", now, at(600 * second));
  ring(now + 3 * second);

  expect(sent).toEqual(["re one\ntwo", "re later"]);
});

test("nobody waits longer than five windows, however long the other writes", () => {
  const { say, ring, sent } = converse();

  for (let index = 0; index < 20; index += 1) {
    ring(noon + index * second);
    say(String(index), noon + index * second);
  }

  expect(sent).toEqual([`re ${Array.from({ length: 15 }, (_, index) => index).join("\n")}`]);
});

test("a pressed button waits for nothing: what was written before it is heard first", () => {
  const flow = {
    ...draftFlow([buttons("b", ["Yes"]), message("m", "re {{user_input}}")], [["b", "m"]]),
    burstSeconds: 3,
  };
  const { say, sent, ring } = converse(flow);

  say("hi", noon);
  ring(noon + 3 * second);
  say("well", noon + 10 * second);
  say("Yes", noon + 11 * second, { payload: "b1", type: "button_reply" });

  expect(sent).toEqual(["Choose", "re well", "re Yes"]);
});

test("a question's time does not run out on an answer that is still being written", () => {
  const flow = {
    ...draftFlow(
      [
        {
          id: "q",
          type: "question",
          data: { question: "Name?", saveAs: "name", timeoutSeconds: 60 },
        },
        message("thanks", "Thanks, {{name}}"),
        message("late", "Good-bye"),
      ],
      [
        ["q", "thanks"],
        ["q", "late", "timeout"],
      ],
    ),
    burstSeconds: 3,
  };
  const { say, sent, ring } = converse(flow);

  say("hi", noon);
  ring(noon + 3 * second);
  say("Anna", noon + 62 * second);
  ring(noon + 63 * second);

  expect(sent).toEqual(["Name?", "Thanks, Anna"]);
});

test("what an outside system answers takes no word that came before it", () => {
  const { say, read } = converse();
  say("hello", noon);
  const answer = candidateOf(
    { kind: "crm_answer", chatId: "79001234567", waitId: "w", isOk: true, values: {} },
    buildWebhook({ source: "own", _id: "own|answer" }),
    0,
  );

  const first = burstBefore(read(), answer).map(({ event }) => event);

  expect(first).toMatchObject([{ kind: "timer", timer: "burst" }]);
});

test("an operator who takes over has read what was collected", () => {
  const { say, act, sent, ring, read } = converse();

  say("hello", noon);
  act("takeover", noon + second);
  act("handback", noon + 2 * second);
  ring(noon + 60 * second);

  expect(sent).toEqual([]);
  expect(read().timers).toEqual([]);
});

test("a file among texts is no answer by file", () => {
  const photo = {
    ...draftFlow(
      [
        { id: "q", type: "question", data: { question: "Name?", saveAs: "name" } },
        message("m", "re {{name}}"),
      ],
      [["q", "m"]],
    ),
    burstSeconds: 3,
  };
  const { say, sent, ring } = converse(photo);

  say("hi", noon);
  ring(noon + 3 * second);
  say("", noon + 10 * second, { type: "image" });
  say("Anna", noon + 11 * second);
  ring(noon + 14 * second);

  expect(sent).toEqual(["Name?", "re Anna"]);
});

test("no word is lost or heard twice, however messages and time come", () => {
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom(0, 500, 2500, 3000, 4000, 20_000),
      fc.constantFrom("short", "x".repeat(3000)),
    ),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(steps, (history) => {
      const { say, ring, sent } = converse();
      let now = noon;
      const said = history.map(([gap, text], index) => {
        now += gap;
        ring(now);
        say(`${index}${text}`, now);
        return `${index}${text}`;
      });
      ring(now + 60 * second);

      const heard = sent.flatMap((text) => text.slice("re ".length).split("\n"));
      expect(heard).toEqual(said);
    }),
  );
});
