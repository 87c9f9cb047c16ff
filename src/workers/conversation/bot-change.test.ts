import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildFlow, expectFlow, message, question } from "#shared/bot/test-flows.ts";
import type { Flow } from "#shared/bot/flow.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import { dueTimers, type Candidate } from "#workers/conversation/next-message.ts";
import { takeTurn } from "#workers/conversation/take-turn.ts";
import { buildCandidate, buildConversation, noon } from "#workers/conversation/test-turns.ts";

const minute = 60_000;

/** One conversation with a flow; each call is a turn, and gives what the conversation then holds. */
const converse = (flow: Flow) => {
  const loaded = { botVersionId: "bot|1", flow };
  let conversation = buildConversation();
  const take = (candidate: Candidate, now: number): Conversation => {
    const isRunning = conversation.session?.nodeId !== undefined;
    conversation = takeTurn({
      conversation,
      candidate,
      channel: { _id: "channel", tenantId: "tenant", active: true, answerGroups: false },
      flows: { starters: [loaded], ...(isRunning && { running: loaded }) },
      isEcho: false,
      handbackAfterMs: 60 * minute,
      now,
      waitId: `wait-${conversation.version}`,
      commit: `commit-${conversation.version}`,
    });
    return conversation;
  };
  return {
    say: (text: string, now = noon, type: "text" | "image" = "text") =>
      take(buildCandidate({ text, type, messageId: `m${conversation.version}` }), now),
    /** What is due by then, one turn each. */
    ring: (now: number) => dueTimers(conversation, now).map((timer) => take(timer, now)),
  };
};

const readTexts = ({ effects }: Conversation) =>
  effects.flatMap((effect) =>
    effect.kind === "outgoing" && effect.command.type === "text" ? [effect.command.text] : [],
  );

test("a wait has one timer: it reminds, then leads on, and rings no more", () => {
  const asked = {
    id: "q",
    type: "question",
    data: { question: "Name?", saveAs: "name", timeoutSeconds: 60, reminder: "Still there?" },
  };
  const { say, ring } = converse(
    buildFlow([asked, message("late", "Good-bye")], [["q", "late", "timeout"]]),
  );
  const first = say("hi");

  const [reminded] = ring(noon + minute);
  const [left] = ring(noon + 2 * minute);

  expect(first.timers).toEqual([
    { id: "wait-0", kind: "question_timeout", at: new Date(noon + minute).toISOString() },
  ]);
  expect(reminded && readTexts(reminded)).toEqual(["Still there?"]);
  expect(reminded?.timers.map(({ id }) => id)).toEqual(["wait-1"]);
  expect(left && readTexts(left)).toEqual(["Good-bye"]);
  expect(left?.timers).toEqual([]);
});

test("a delay keeps its timer while the customer writes, and ends by it", () => {
  const delay = { id: "d", type: "delay", data: { seconds: 60 } };
  const { say, ring } = converse(buildFlow([delay, message("m", "{{user_input}}!")], [["d", "m"]]));
  const first = say("hi");

  const meanwhile = say("hello?", noon + 30_000);
  const [left] = ring(noon + minute);

  expect(meanwhile.timers).toEqual(first.timers);
  expect(readTexts(meanwhile)).toEqual([]);
  expect(left && readTexts(left)).toEqual(["hello?!"]);
});

test("a picture in place of a name is not taken for one", () => {
  const { say } = converse(
    buildFlow([question("q", "name"), message("m", "{{name}}!")], [["q", "m"]]),
  );
  say("hi");

  expect(readTexts(say("", noon, "image"))).toEqual(["name?"]);
  expect(readTexts(say("Anna"))).toEqual(["Anna!"]);
});

test("the salon's booking opens a deal, keeps the fields and calls a person", () => {
  const example = new URL("../../../examples/bots/booking.ru.json", import.meta.url);
  const { say } = converse(expectFlow(JSON.parse(readFileSync(example, "utf8"))));
  for (const text of ["привет", "1", "Анна"]) say(text);

  const booked = say("5 мая");
  const after = say("спасибо");

  expect(readTexts(booked)).toEqual(["Заявка принята! Менеджер свяжется с вами."]);
  expect(booked.mode).toBe("operator");
  expect(booked.effects).toContainEqual(
    expect.objectContaining({
      kind: "deal",
      deal: {
        title: "Запись: Анна, 5 мая",
        fields: { customer_name: "Анна", visit_date: "5 мая" },
      },
    }),
  );
  expect(booked.effects).toContainEqual(
    expect.objectContaining({ kind: "contact", fields: { visit_date: "5 мая" } }),
  );
  expect(readTexts(after)).toEqual([]);
});
