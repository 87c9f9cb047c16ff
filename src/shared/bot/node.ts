import type { z } from "zod";
import type { Variables } from "#shared/bot/keep-variables.ts";
import type { Answered, BotEffect, ContactFacts, Said } from "#shared/domain/session.ts";

/** What the session knows of the wait that an answer or a timer ends. */
export interface WaitState {
  /** Answers refused so far. */
  readonly attempts: number;
  readonly reminders: number;
  /** The wait's own timer is due, or there is none. */
  readonly isOver: boolean;
}

/** What a node sees of the turn. Texts go through `render` before they leave. */
export interface NodeContext {
  readonly render: (template: string) => string;
  /** What the customer said last. */
  readonly input: Said;
  /** True when an edge with that label leaves the node; without a label, the plain edge. */
  readonly leads: (label?: string) => boolean;
  readonly contact: ContactFacts;
  readonly variables: Variables;
  readonly wait: WaitState;
  /** The turn's time, in ms. */
  readonly now: number;
  /** From 0 up to 1; the same in the same place of the same turn. */
  readonly draw: () => number;
}

export interface WaitStep {
  readonly wait: true;
  readonly effects: readonly BotEffect[];
  readonly timeoutMs?: number;
  readonly attempts?: number;
  readonly reminders?: number;
}

/** The wait goes on as it was, and so does its timer. */
export interface HoldStep {
  readonly hold: true;
  readonly effects: readonly BotEffect[];
}

export interface LeaveStep {
  readonly next: string | undefined;
  readonly effects: readonly BotEffect[];
  readonly variables?: Variables;
  /** The customer's words for the nodes that follow, where they differ from the text: a button's label. */
  readonly input?: string;
}

/**
 * Where a node leads. `next` picks the edge with that label, else the plain one; with neither the
 * scenario is over. `wait` keeps the session at this node, in a new wait.
 */
export type NodeStep = WaitStep | LeaveStep;

/** What a request brought: values of its answer, by the names of variables. */
export type Answer = Pick<Answered, "isOk" | "values">;

/** Something that the customer may press; its id comes back as the payload. */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** Another place of the same document: a flow's start, or a node of it. */
export interface JumpTarget {
  readonly flow?: string;
  readonly node?: string;
}

/**
 * A node type: one file, one line in `registered.ts`. Pure: no clock, no network, no randomness.
 * `enter` runs when the scenario arrives; `answer` and `expire` only for nodes that wait.
 */
export interface NodeType<Data> {
  readonly type: string;
  readonly data: z.ZodType<Data>;
  enter(data: Data, context: NodeContext): NodeStep;
  answer?(data: Data, answer: Said, context: NodeContext): NodeStep | HoldStep;
  /** The wait's timer is due; undefined: nothing happens, the customer may still answer. */
  expire?(data: Data, context: NodeContext): NodeStep | undefined;
  /** The request of this wait was answered, or failed for good. */
  resume?(data: Data, answer: Answer, context: NodeContext): NodeStep;
  /** The results that need an edge, each with the labels that it may have; else the plain edge is taken. */
  outcomes?(data: Data): readonly (readonly string[])[];
  /** Labels of further edges that the node may take; no others are allowed. */
  labels?(data: Data): readonly string[];
  choices?(data: Data): readonly Choice[];
  /** Names of the variables that the node sets. */
  sets?(data: Data): readonly string[];
  /** Names, as in `{{…}}`, that the node reads besides those in its texts. */
  reads?(data: Data): readonly string[];
  jump?(data: Data): JumpTarget;
  /** `timer`: it waits, though not for the customer. `end`: no edge may leave it. */
  readonly manner?: "timer" | "end";
}

/** A node type with its data inside: what a parsed flow holds, whatever the type. */
export interface BoundNode {
  readonly type: string;
  readonly waits: boolean;
  /** The customer is asked: without that a circle would run for ever. */
  readonly listens: boolean;
  readonly isLast: boolean;
  readonly outcomes: readonly (readonly string[])[];
  readonly labels: readonly string[];
  readonly choices: readonly Choice[];
  readonly sets: readonly string[];
  readonly reads: readonly string[];
  readonly jump?: JumpTarget;
  enter(context: NodeContext): NodeStep;
  /** Undefined where the node does not wait. */
  answer(answer: Said, context: NodeContext): NodeStep | HoldStep | undefined;
  expire(context: NodeContext): NodeStep | undefined;
  resume(answer: Answer, context: NodeContext): NodeStep | undefined;
}

/** A node type as the flow's parser takes it: `data` checks a document's data and binds it. */
export interface RegisteredNode {
  readonly type: string;
  readonly data: z.ZodType<BoundNode>;
}

/** Infers `Data` from the schema and hides it, so that node types of any data stand in one list. */
export const defineNode = <Data>(node: NodeType<Data>): RegisteredNode => ({
  type: node.type,
  data: node.data.transform((data) => bindNode(node, data)),
});

const bindNode = <Data>(node: NodeType<Data>, data: Data): BoundNode => {
  const outcomes = node.outcomes?.(data) ?? [];
  const waits = node.answer !== undefined;
  return {
    type: node.type,
    waits,
    listens: waits && node.manner !== "timer",
    isLast: node.manner === "end" || node.jump !== undefined,
    outcomes,
    labels: [...outcomes.flat(), ...(node.labels?.(data) ?? [])],
    choices: node.choices?.(data) ?? [],
    sets: node.sets?.(data) ?? [],
    reads: node.reads?.(data) ?? [],
    ...(node.jump && { jump: node.jump(data) }),
    enter: (context) => node.enter(data, context),
    answer: (answer, context) => node.answer?.(data, answer, context),
    expire: (context) => node.expire?.(data, context),
    resume: (answer, context) => node.resume?.(data, answer, context),
  };
};
