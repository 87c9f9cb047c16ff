import { clip } from "#shared/bot/clip.ts";
import { findOldButton } from "#shared/bot/find-old-button.ts";
import type { FlowNode } from "#shared/bot/flow-node.ts";
import type { Variables } from "#shared/bot/keep-variables.ts";
import { maxTextLength } from "#shared/bot/limits.ts";
import {
  enterNode,
  keepText,
  newWait,
  takeStep,
  viewFrom,
  type Progress,
  type Setting,
} from "#shared/bot/run-nodes.ts";
import { say } from "#shared/bot/say.ts";
import type {
  Answered,
  BotEffect,
  BotInput,
  BotTurn,
  Said,
  Session,
} from "#shared/domain/session.ts";

/** `newWaitId` becomes the session's `waitId` when the turn ends in a new wait. */
export interface Advance extends Setting {
  readonly session?: Session | undefined;
  readonly input: BotInput;
}

/**
 * One turn of the scenario, pure. Without a session, after a finished one and where its node is
 * gone the scenario starts, with no variables. Undefined when a timeout has nothing to do. Throws,
 * naming the node, when a turn does not come to an end.
 */
export const advance = (call: Advance): BotTurn | undefined => {
  const { input } = call;
  const place = findPlace(call);
  if (input.kind === "timeout") return place && expire(call, place, input.waitId);
  if (input.kind === "answered") return place && resume(call, place, input);
  const { kind, at, ...said } = { ...input, text: clip(input.text, maxTextLength) };
  if (at !== undefined) return startAt(call, said, at);
  const here = kind === "start" ? undefined : place;
  return pressOld(call, here, said) ?? (here ? answer(call, here, said) : start(call, said));
};

/** Where a session waits. */
interface Place {
  readonly session: Session;
  readonly node: FlowNode;
  readonly variables: Variables;
  readonly lastText: string;
}

const findPlace = ({ flow, session }: Advance): Place | undefined => {
  const node = flow.nodes.get(session?.nodeId ?? "");
  if (session === undefined || node === undefined || !node.waits) return undefined;
  const { user_input: lastText = "", ...variables } = session.variables;
  return { session, node, variables, lastText };
};

const beginWith = (input: Said, variables: Variables = {}): Progress => ({
  input,
  variables,
  effects: [],
  entered: 0,
  wait: newWait,
  silent: 0,
});

const start = (call: Advance, said: Said): BotTurn =>
  enterNode(call, beginWith(said), call.flow.start);

/** A trigger names the place: no button of another node is looked for. */
const startAt = (call: Advance, said: Said, at: string): BotTurn =>
  enterNode(call, beginWith(said), call.flow.nodes.get(at) ?? call.flow.start);

const answer = (call: Advance, place: Place, said: Said): BotTurn => {
  const { node, variables } = place;
  const progress = { ...beginWith(said, variables), wait: readWait(call, place) };
  const step = node.answer(said, viewFrom(call, progress, node));
  if (step === undefined) return start(call, said);
  return "hold" in step ? hold(place, said, step.effects) : takeStep(call, progress, node, step);
};

const readWait = ({ now }: Advance, { session }: Place) => {
  const { attempts = 0, reminders = 0, until } = session;
  return { attempts, reminders, isOver: until === undefined || Date.parse(until) <= now };
};

const hold = (place: Place, said: Said, effects: readonly BotEffect[]): BotTurn => {
  const { silent: _, ...session } = place.session;
  const variables = keepText({ input: said, variables: place.variables });
  return { session: { ...session, variables }, effects };
};

/** A button of another node, pressed late: goes on from there, or is explained where the flow says so. */
const pressOld = (call: Advance, place: Place | undefined, said: Said): BotTurn | undefined => {
  const progress = beginWith(said, place?.variables);
  const node = findOldButton(
    call.flow,
    place?.node,
    said,
    (old) => viewFrom(call, progress, old).render,
  );
  if (node === undefined) return undefined;
  const { oldButtonsText } = call.flow;
  if (oldButtonsText === undefined) return answer(call, forget(call, node, progress), said);
  if (place === undefined) return undefined;
  const text = viewFrom(call, progress, place.node).render(oldButtonsText);
  return hold(place, { ...said, text: place.lastText }, say(text));
};

/** As if the session still waited there. */
const forget = (call: Advance, node: FlowNode, { variables }: Progress): Place => ({
  session: { botVersionId: call.botVersionId, nodeId: node.id, variables },
  node,
  variables,
  lastText: "",
});

/** The answer to a request of an older wait changes nothing. */
const resume = (call: Advance, place: Place, answered: Answered): BotTurn | undefined => {
  const { node, session, variables, lastText } = place;
  if (session.waitId !== answered.waitId) return undefined;
  const progress = beginWith({ text: lastText }, variables);
  const step = node.resume(answered, viewFrom(call, progress, node));
  return step && takeStep(call, progress, node, step);
};

/** An older wait's timer changes nothing, nor does one that the node has no use for. */
const expire = (call: Advance, place: Place, waitId: string): BotTurn | undefined => {
  const { node, session, variables, lastText } = place;
  if (session.waitId !== waitId) return undefined;
  const progress = {
    ...beginWith({ text: lastText }, variables),
    wait: { ...readWait(call, place), isOver: true },
    silent: (session.silent ?? 0) + 1,
  };
  const step = node.expire(viewFrom(call, progress, node));
  return step && takeStep(call, progress, node, step);
};
