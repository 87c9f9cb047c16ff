import { collectFacts } from "#shared/bot/collect-facts.ts";
import { drawFraction } from "#shared/bot/draw-fraction.ts";
import type { FlowNode } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { fold } from "#shared/bot/fold.ts";
import { interpolate, type Facts } from "#shared/bot/interpolate.ts";
import { keepVariables, type Variables } from "#shared/bot/keep-variables.ts";
import { maxSilentTurns, maxSteps } from "#shared/bot/limits.ts";
import type { LeaveStep, NodeContext, NodeStep, WaitState, WaitStep } from "#shared/bot/node.ts";
import type { BotEffect, BotTurn, ContactFacts, Said } from "#shared/domain/session.ts";

/** What stays the same through one turn. */
export interface Setting {
  readonly flow: Flow;
  readonly contact: ContactFacts;
  readonly botVersionId: string;
  readonly newWaitId: string;
  readonly now: number;
  /** Different for every turn: what is drawn by lot is drawn from it. */
  readonly seed: string;
}

/** How far a turn has come. */
export interface Progress {
  readonly input: Said;
  readonly variables: Variables;
  readonly effects: readonly BotEffect[];
  readonly entered: number;
  /** Of the wait that this turn ends. */
  readonly wait: WaitState;
  readonly silent: number;
}

export const newWait: WaitState = { attempts: 0, reminders: 0, isOver: true };

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
  const here = { ...progress, entered: progress.entered + 1, wait: newWait };
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

const stay = (setting: Setting, progress: Progress, node: FlowNode, step: WaitStep): BotTurn => {
  const { attempts = 0, reminders = 0 } = step;
  const { silent } = progress;
  // Nobody is there: a circle of timers alone would go round for ever.
  const timeoutMs = silent < maxSilentTurns ? step.timeoutMs : undefined;
  return {
    session: {
      botVersionId: setting.botVersionId,
      nodeId: node.id,
      waitId: setting.newWaitId,
      ...(timeoutMs !== undefined && { until: new Date(setting.now + timeoutMs).toISOString() }),
      ...(attempts > 0 && { attempts }),
      ...(reminders > 0 && { reminders }),
      ...(silent > 0 && { silent }),
      variables: keepText(progress),
    },
    effects: [...progress.effects, ...step.effects],
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
};

/** A timeout's turn brings no text of its own and goes on with this one. */
export const keepText = ({ input, variables }: Pick<Progress, "input" | "variables">): Variables =>
  keepVariables({ user_input: input.text }, variables);

const finish = ({ botVersionId }: Setting, { variables, effects }: Progress): BotTurn => ({
  session: { botVersionId, variables },
  effects,
});

export const viewFrom = (setting: Setting, progress: Progress, node: FlowNode): NodeContext => {
  const { contact, now, seed } = setting;
  const { input, variables, effects, wait, entered } = progress;
  let facts: Facts | undefined;
  return {
    render: (template) => {
      if (!template.includes("{{")) return template;
      facts ??= collectFacts({ contact, input, variables, effects });
      return interpolate(template, facts);
    },
    input,
    leads: (label) => node.edges.has(fold(label ?? "")),
    contact,
    variables,
    wait,
    now,
    draw: () => drawFraction(seed, entered),
  };
};
