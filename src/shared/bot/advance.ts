import { clip } from "#shared/bot/clip.ts";
import type { FlowNode } from "#shared/bot/flow-node.ts";
import type { Variables } from "#shared/bot/keep-variables.ts";
import { maxTextLength } from "#shared/bot/limits.ts";
import type { Answer } from "#shared/bot/node.ts";
import { enterNode, takeStep, viewFrom, type Setting } from "#shared/bot/run-nodes.ts";
import type { BotInput, BotTurn, Session } from "#shared/domain/session.ts";

/** `newWaitId` becomes the session's `waitId` when the turn ends in a wait. */
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
  const said = { ...input, text: clip(input.text, maxTextLength) };
  if (input.kind === "start" || place === undefined) return start(call, said);
  return answer(call, place, said);
};

/** Where a session waits. */
interface Place {
  readonly node: FlowNode;
  readonly waitId: string | undefined;
  readonly variables: Variables;
  readonly lastText: string;
}

const findPlace = ({ flow, session }: Advance): Place | undefined => {
  const node = flow.nodes.get(session?.nodeId ?? "");
  if (session === undefined || node === undefined || !node.waits) return undefined;
  const { user_input: lastText = "", ...variables } = session.variables;
  return { node, waitId: session.waitId, variables, lastText };
};

const start = (call: Advance, input: Answer): BotTurn =>
  enterNode(call, { input, variables: {}, effects: [], entered: 0 }, call.flow.start);

const answer = (call: Advance, place: Place, input: Answer): BotTurn => {
  const { node, variables } = place;
  const progress = { input, variables, effects: [], entered: 0 };
  const step = node.answer(input, viewFrom(call, progress, node));
  return step === undefined ? start(call, input) : takeStep(call, progress, node, step);
};

/** An older wait's timer and a node without a "timeout" edge change nothing. */
const expire = (call: Advance, place: Place, waitId: string): BotTurn | undefined => {
  const target = place.node.edges.get("timeout");
  if (place.waitId !== waitId || target === undefined) return undefined;
  const { lastText, variables } = place;
  const progress = { input: { text: lastText }, variables, effects: [], entered: 0 };
  return enterNode(call, progress, call.flow.nodes.get(target));
};
