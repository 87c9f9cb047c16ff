import { expect, test } from "vitest";
import { expectFlow } from "#shared/bot/test-flows.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import { takeTurn } from "#workers/conversation/take-turn.ts";
import { buildCandidate, buildConversation, noon } from "#workers/conversation/test-turns.ts";

const flow = expectFlow({
  nodes: [{ id: "echo", type: "message", data: { message: "You wrote {{user_input}}" } }],
  edges: [],
});
const loop = { replies: 3, windowMs: 60_000 };

const hear = (conversation: Conversation, now: number): Conversation =>
  takeTurn({
    conversation,
    candidate: buildCandidate({ messageId: `m${conversation.version}` }),
    channel: { _id: "channel", tenantId: "tenant", active: true, answerGroups: false },
    flows: { starters: [{ botVersionId: "bot|1", flow }] },
    isEcho: false,
    handbackAfterMs: 3_600_000,
    loop,
    now,
    waitId: `wait-${conversation.version}`,
    commit: `commit-${conversation.version}`,
  });

const kindsOf = ({ effects }: Conversation): readonly string[] => effects.map(({ kind }) => kind);

/** So many messages, one after another, `everyMs` apart. */
function hearMany(times: number, everyMs: number, from = buildConversation()): Conversation {
  let conversation = from;
  for (let turn = 0; turn < times; turn += 1)
    conversation = hear(conversation, noon + turn * everyMs);
  return conversation;
}

test("a bot that answers too often is silent, and a person has the conversation and an alert", () => {
  const last = hearMany(3, 1000);
  const beyond = hear(last, noon + 4000);

  expect(kindsOf(last)).toContain("outgoing");
  expect(beyond.mode).toBe("operator");
  expect(kindsOf(beyond)).not.toContain("outgoing");
  expect(beyond.effects).toContainEqual({
    kind: "alert",
    alert: { kind: "bot.loop", text: expect.stringContaining("answered 3 times within 1 minutes") },
  });
});

test("as many answers over a longer time are a talk", () => {
  const last = hearMany(10, 30_000);

  expect(last.mode).toBe("bot");
  expect(kindsOf(last)).toContain("outgoing");
});

test("whoever gives the conversation back lets the bot answer as often again", () => {
  const silent = hearMany(4, 1000);
  const again = hearMany(3, 1000, { ...silent, mode: "bot", timers: [] });

  expect(silent.mode).toBe("operator");
  expect(again.mode).toBe("bot");
  expect(kindsOf(again)).toContain("outgoing");
});
