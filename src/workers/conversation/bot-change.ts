import { advance } from "#shared/bot/advance.ts";
import type { BotEffect, BotInput, BotTurn, Timer } from "#shared/domain/session.ts";
import { factsOf } from "#workers/conversation/conversation-facts.ts";
import type { LoadedFlow } from "#workers/conversation/ports.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

/** Lets the scenario answer. */
export function botChange(input: TurnInput, loaded: LoadedFlow, said: BotInput): Change {
  const { conversation, waitId, now, commit } = input;
  const contact = factsOf(input).contact;
  const turn = advance({
    flow: loaded.flow,
    botVersionId: loaded.botVersionId,
    input: said,
    contact: contact ?? {},
    newWaitId: waitId,
    now,
    seed: commit,
    ...(conversation.session === undefined ? {} : { session: conversation.session }),
  });
  if (turn === undefined) return { ignored: "the session has moved on" };
  return { session: turn.session, timers: timersAfter(input, turn), ...sortEffects(turn.effects) };
}

function sortEffects(effects: readonly BotEffect[]): Change {
  const sends = effects.filter((effect) => effect.kind === "send");
  const saves = effects.filter((effect) => effect.kind === "save");
  const tags = effects.filter((effect) => effect.kind === "tag");
  const deals = effects.filter((effect) => effect.kind === "deal");
  const requests = effects.filter((effect) => effect.kind === "request");
  const takesOver = effects.some(({ kind }) => kind === "takeover");
  return {
    commands: sends.map(({ command }) => ({ command, origin: "bot" })),
    fields: Object.fromEntries(saves.map(({ field, value }) => [fieldName(field), value])),
    ...(tags.length > 0 && { tags }),
    ...(deals.length > 0 && { deals }),
    ...(requests.length > 0 && { requests: requests.map(({ request }) => request) }),
    ...(takesOver && { takesOver }),
  };
}

/** Field names become keys of a document. */
const fieldName = (field: string): string => field.replaceAll(/[.$\0]/g, "_");

/** One timer a wait: a new wait drops that of the old one, a wait that goes on keeps its own. A burst was heard. */
function timersAfter({ conversation, now }: TurnInput, turn: BotTurn): readonly Timer[] {
  const { waitId } = turn.session;
  const others = conversation.timers.filter(
    ({ kind, id }) => kind === "handback" || (kind === "question_timeout" && id === waitId),
  );
  if (turn.timeoutMs === undefined || waitId === undefined) return others;
  const at = new Date(now + turn.timeoutMs).toISOString();
  return [...others, { id: waitId, kind: "question_timeout", at }];
}
