import { advance } from "#shared/bot/advance.ts";
import type { BotInput, BotTurn, Timer } from "#shared/domain/session.ts";
import { factsOf } from "#workers/conversation/conversation-facts.ts";
import type { LoadedFlow } from "#workers/conversation/ports.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

/** Lets the scenario answer. */
export function botChange(input: TurnInput, loaded: LoadedFlow, said: BotInput): Change {
  const { conversation, waitId } = input;
  const contact = factsOf(input).contact;
  const turn = advance({
    flow: loaded.flow,
    botVersionId: loaded.botVersionId,
    input: said,
    contact: contact ?? {},
    newWaitId: waitId,
    ...(conversation.session === undefined ? {} : { session: conversation.session }),
  });
  if (turn === undefined) return { ignored: "the session has moved on" };
  const sends = turn.effects.flatMap((effect) => (effect.kind === "send" ? [effect] : []));
  const saves = turn.effects.flatMap((effect) => (effect.kind === "save" ? [effect] : []));
  return {
    session: turn.session,
    timers: timersAfter(input, turn),
    commands: sends.map(({ command }) => ({ command, origin: "bot" })),
    fields: Object.fromEntries(saves.map(({ field, value }) => [fieldName(field), value])),
  };
}

/** Field names become keys of a document. */
const fieldName = (field: string): string => field.replaceAll(/[.$\0]/g, "_");

function timersAfter({ conversation, now }: TurnInput, turn: BotTurn): readonly Timer[] {
  const others = conversation.timers.filter(({ kind }) => kind !== "question_timeout");
  if (turn.timeoutMs === undefined || turn.session.waitId === undefined) return others;
  const at = new Date(now + turn.timeoutMs).toISOString();
  return [...others, { id: turn.session.waitId, kind: "question_timeout", at }];
}
