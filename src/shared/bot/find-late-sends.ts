import { warnAt, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { fold } from "#shared/bot/fold.ts";
import type { ProviderLimits } from "#shared/bot/provider-limits.ts";
import { sampleContext } from "#shared/bot/sample-context.ts";
import type { BotEffect } from "#shared/domain/session.ts";

/** What a node's own timer sends when the provider takes nothing but templates any more. */
export const findLateSends = ({ nodes }: Flow, limits: ProviderLimits): readonly Fault[] =>
  [...nodes.values()].flatMap((node) => {
    const times = listTimedSends(nodes, node)
      .filter(({ effects }) => effects.some(isFreeForm))
      .map(({ afterMs }) => afterMs);
    return [...limits]
      .filter(([, { windowMs = Infinity }]) => times.some((afterMs) => afterMs >= windowMs))
      .map(([provider]) => {
        const message = "a message after so long a silence is not taken, only a template";
        return { ...warnAt(node, `${provider}: ${message}`), provider };
      });
  });

const isFreeForm = (effect: BotEffect): boolean =>
  effect.kind === "send" && effect.command.type !== "template";

interface TimedSend {
  /** Since the wait began: the customer has said nothing since. */
  readonly afterMs: number;
  readonly effects: readonly BotEffect[];
}

const listTimedSends = (
  nodes: ReadonlyMap<string, FlowNode>,
  node: FlowNode,
): readonly TimedSend[] => {
  const context = sampleContext(node);
  const entered = node.enter(context);
  if (!("wait" in entered) || entered.timeoutMs === undefined) return [];
  const sends: TimedSend[] = [];
  for (let reminders = 0; ; reminders += 1) {
    const afterMs = entered.timeoutMs * (reminders + 1);
    const step = node.expire({ ...context, wait: { ...context.wait, reminders } });
    if (step === undefined) return sends;
    if ("wait" in step) {
      sends.push({ afterMs, effects: step.effects });
      continue;
    }
    const id = node.edges.get(fold(step.next ?? "")) ?? node.edges.get("");
    const target = nodes.get(id ?? "");
    const effects = target?.enter(sampleContext(target)).effects ?? [];
    return [...sends, { afterMs, effects }];
  }
};
