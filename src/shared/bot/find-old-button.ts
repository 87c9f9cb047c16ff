import type { FlowNode } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { fold } from "#shared/bot/fold.ts";
import type { Said } from "#shared/domain/session.ts";

type RenderAt = (node: FlowNode) => (template: string) => string;

/**
 * The one other node whose button was pressed. Ids are often "1", "2", "3" in every node, so the
 * label must agree where the provider tells it; in doubt the button is the waiting node's.
 */
export const findOldButton = (
  flow: Flow,
  current: FlowNode | undefined,
  said: Said,
  renderAt: RenderAt,
): FlowNode | undefined => {
  if (said.payload === undefined) return undefined;
  if (current !== undefined && isPressed(current, said, renderAt)) return undefined;
  const others = (flow.offering.get(said.payload) ?? []).filter(
    (node) => node !== current && isPressed(node, said, renderAt),
  );
  return others.length === 1 ? others[0] : undefined;
};

const isPressed = (node: FlowNode, said: Said, renderAt: RenderAt): boolean => {
  const choice = node.choices.find(({ id }) => id === said.payload);
  if (choice === undefined) return false;
  const text = fold(said.text);
  return text === "" || text === fold(renderAt(node)(choice.label));
};
