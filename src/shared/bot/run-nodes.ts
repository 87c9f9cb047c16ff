import type { FlowNode } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { fold } from "#shared/bot/fold.ts";
import { interpolate } from "#shared/bot/interpolate.ts";
import { keepVariables, type Variables } from "#shared/bot/keep-variables.ts";
import { maxSteps } from "#shared/bot/limits.ts";
import type { Answer, LeaveStep, NodeContext, NodeStep, WaitStep } from "#shared/bot/node.ts";
import type { BotEffect, BotTurn, ContactFacts } from "#shared/domain/session.ts";

/** What stays the same through one turn. */
export interface Setting {
  readonly flow: Flow;
  readonly contact: ContactFacts;
  readonly botVersionId: string;
  readonly newWaitId: string;
}

/** How far a turn has come. */
export interface Progress {
  readonly input: Answer;
  readonly variables: Variables;
  readonly effects: readonly BotEffect[];
  readonly entered: number;
}

/** Enters a node and runs on until one waits or the scenario is over. */
export const enterNode = (
  setting: Setting,
  progress: Progress,
  node: FlowNode | undefined,
): BotTurn => {
  if (node === undefined) return finish(setting, progress);
  if (progress.entered >= maxSteps) {
    throw new Error(`node "${node.id}": the turn entered ${maxSteps} nodes and none of them waits`);
  }
  const here = { ...progress, entered: progress.entered + 1 };
  return takeStep(setting, here, node, node.enter(viewFrom(setting, here, node)));
};

/** Does what a node decided: stays there, or goes on to the next one. */
export const takeStep = (
  setting: Setting,
  progress: Progress,
  node: FlowNode,
  step: NodeStep,
): BotTurn => {
  if ("wait" in step) return stay(setting, progress, node, step);
  return enterNode(setting, addStep(progress, step), findNext(setting.flow, node, step.next));
};

/** The edge with that label, else the plain one. */
const findNext = (flow: Flow, node: FlowNode, label: string | undefined): FlowNode | undefined => {
  const target = node.edges.get(fold(label ?? "")) ?? node.edges.get("");
  return target === undefined ? undefined : flow.nodes.get(target);
};

const addStep = (progress: Progress, step: LeaveStep): Progress => ({
  ...progress,
  input: step.input === undefined ? progress.input : { ...progress.input, text: step.input },
  variables: keepVariables(progress.variables, step.variables ?? {}),
  effects: [...progress.effects, ...step.effects],
});

const stay = (setting: Setting, progress: Progress, node: FlowNode, step: WaitStep): BotTurn => ({
  session: {
    botVersionId: setting.botVersionId,
    nodeId: node.id,
    waitId: setting.newWaitId,
    // A timeout's turn brings no text of its own and goes on with this one.
    variables: keepVariables({ user_input: progress.input.text }, progress.variables),
  },
  effects: [...progress.effects, ...step.effects],
  ...(step.timeoutMs === undefined ? {} : { timeoutMs: step.timeoutMs }),
});

const finish = ({ botVersionId }: Setting, { variables, effects }: Progress): BotTurn => ({
  session: { botVersionId, variables },
  effects,
});

export const viewFrom = (setting: Setting, progress: Progress, node: FlowNode): NodeContext => ({
  render: (template) => interpolate(template, collectFacts(setting.contact, progress)),
  input: progress.input,
  leads: (label) => node.edges.has(fold(label ?? "")),
});

const collectFacts = ({ name, phone }: ContactFacts, { variables, input }: Progress) => ({
  ...variables,
  user_input: input.text,
  contact: { name, phone },
});
