import { decideFlow, inputOf } from "#shared/bot/decide-flow.ts";
import { endSession } from "#shared/bot/end-session.ts";
import { saidOf } from "#shared/bot/said-of.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import { textOfEvent } from "#shared/domain/text-of-event.ts";
import type { Heard } from "#shared/domain/session.ts";
import { botChange } from "#workers/conversation/bot-change.ts";
import { joinBurst } from "#workers/conversation/burst.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

/** A message for the bot: answered now, or with those that follow it closely. */
export function hearCustomer(input: TurnInput, event: MessageEvent): Change {
  const { conversation, candidate, flows, now, waitId } = input;
  const heard = heardOf(conversation, event);
  const timers = joinBurst({
    timers: conversation.timers,
    heard,
    sentAt: candidate.sentAt,
    windowMs: decideFlow(flows, heard)?.by.flow.burstMs,
    now,
    newId: waitId,
  });
  return timers === undefined ? answerCustomer(input, heard) : { mode: "bot", timers };
}

const heardOf = ({ lastInboundAt }: Conversation, event: MessageEvent): Heard => {
  const { type, payload, referral } = event;
  const text = textOfEvent(event) ?? "";
  return {
    texts: text === "" ? [] : [text],
    messageType: type,
    ...(payload === undefined ? {} : { payload }),
    ...(referral === undefined ? {} : { referral }),
    ...(lastInboundAt === undefined ? { isFirst: true } : {}),
  };
};

/** Whichever flow takes it: the one that runs, or one that starts. With none, a person is waited for. */
export function answerCustomer(input: TurnInput, heard: Heard): Change {
  const decision = decideFlow(input.flows, heard);
  if (decision === undefined) return { mode: "waiting" };
  const said = inputOf(decision, saidOf(heard));
  return said === undefined
    ? leave(input)
    : { mode: "bot", ...botChange(input, decision.by, said) };
}

function leave({ conversation: { session, timers } }: TurnInput): Change {
  return {
    mode: "bot",
    timers: timers.filter(({ kind }) => kind === "handback"),
    ...(session === undefined ? {} : { session: endSession(session) }),
  };
}
