import type { z } from "zod";
import type { BotEffect } from "#shared/domain/session.ts";

/** The customer's answer to a waiting node. */
export interface Answer {
  readonly text: string;
  readonly payload?: string;
}

/** What a node sees of the turn. Texts go through `render` before they leave. */
export interface NodeContext {
  readonly render: (template: string) => string;
  /** What the customer said last. */
  readonly input: Answer;
  /** True when an edge with that label leaves the node; without a label, the plain edge. */
  readonly leads: (label?: string) => boolean;
}

export interface WaitStep {
  readonly wait: true;
  readonly effects: readonly BotEffect[];
  readonly timeoutMs?: number;
}

export interface LeaveStep {
  readonly next: string | undefined;
  readonly effects: readonly BotEffect[];
  readonly variables?: Readonly<Record<string, string>>;
  /** The customer's words for the nodes that follow, where they differ from the text: a button's label. */
  readonly input?: string;
}

/**
 * Where a node leads. `next` picks the edge with that label, else the plain one; with neither the
 * scenario is over. `wait` keeps the session at this node until the customer answers.
 */
export type NodeStep = WaitStep | LeaveStep;

/**
 * A node type: one file, one line in `registered.ts`. Pure: no clock, no network, no randomness.
 * `enter` runs when the scenario arrives; `answer` only for nodes that wait.
 */
export interface NodeType<Data> {
  readonly type: string;
  readonly data: z.ZodType<Data>;
  enter(data: Data, context: NodeContext): NodeStep;
  answer?(data: Data, answer: Answer, context: NodeContext): NodeStep;
  /** Labels of the edges that the node may take besides the plain one; used to refuse a wrong flow. */
  labels?(data: Data): readonly string[];
}

/** A node type with its data inside: what a parsed flow holds, whatever the type. */
export interface BoundNode {
  readonly type: string;
  readonly waits: boolean;
  readonly labels: readonly string[];
  enter(context: NodeContext): NodeStep;
  /** Undefined where the node does not wait. */
  answer(answer: Answer, context: NodeContext): NodeStep | undefined;
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

const bindNode = <Data>(node: NodeType<Data>, data: Data): BoundNode => ({
  type: node.type,
  waits: node.answer !== undefined,
  labels: node.labels?.(data) ?? [],
  enter: (context) => node.enter(data, context),
  answer: (answer, context) => node.answer?.(data, answer, context),
});
