import { advance } from "#shared/bot/advance.ts";
import { parseFlow, type Flow } from "#shared/bot/flow.ts";
import type { BotInput, BotTurn, Session } from "#shared/domain/session.ts";

export interface NodeDraft {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

export type EdgeDraft = readonly [source: string, target: string, label?: string | undefined];

export const draftFlow = (nodes: readonly NodeDraft[], edges: readonly EdgeDraft[] = []) => ({
  nodes,
  edges: edges.map(([source, target, label]) => ({ source, target, label })),
  start: nodes[0]?.id,
});

export const buildFlow = (nodes: readonly NodeDraft[], edges: readonly EdgeDraft[] = []): Flow =>
  expectFlow(draftFlow(nodes, edges));

export const expectFlow = (document: unknown): Flow => {
  const parsed = parseFlow(document);
  if ("flow" in parsed) return parsed.flow;
  throw new Error(parsed.errors.map(({ path, message }) => `${path}: ${message}`).join("\n"));
};

export const message = (id: string, text: string): NodeDraft => ({
  id,
  type: "message",
  data: { message: text },
});

export const question = (id: string, saveAs: string, timeoutSeconds?: number): NodeDraft => ({
  id,
  type: "question",
  data: { question: `${saveAs}?`, saveAs, ...(timeoutSeconds ? { timeoutSeconds } : {}) },
});

export const buttons = (id: string, labels: readonly string[], more: object = {}): NodeDraft => ({
  id,
  type: "buttons",
  data: {
    message: "Choose",
    buttons: labels.map((label, index) => ({ id: `b${index + 1}`, label })),
    ...more,
  },
});

export const condition = (id: string, conditionType: string, value: string, more: object = {}) => ({
  id,
  type: "condition",
  data: { conditionType, value, ...more },
});

export const noon = Date.parse("2026-11-21T12:00:00Z");

/** A conversation with the flow: every text is one turn, the session is carried along. */
export const talk = (flow: Flow) => {
  let session: Session | undefined;
  let turns = 0;
  return (input: string | BotInput, now = noon): BotTurn | undefined => {
    const turn = advance({
      flow,
      session,
      input: typeof input === "string" ? { kind: "answer", text: input } : input,
      contact: { name: "Anna", phone: "79001234567" },
      botVersionId: "bot|1",
      newWaitId: `wait-${++turns}`,
      now,
      seed: `turn-${turns}`,
    });
    session = turn?.session ?? session;
    return turn;
  };
};

/** What a turn sends, as plain lines. */
export const readSent = (turn: BotTurn | undefined): readonly string[] =>
  (turn?.effects ?? []).flatMap((effect) => {
    if (effect.kind !== "send") return [];
    const { command } = effect;
    if (command.type === "text") return [command.text];
    if (command.type !== "buttons") return [command.type];
    return [`${command.text} [${command.buttons.map(({ title }) => title).join("|")}]`];
  });
