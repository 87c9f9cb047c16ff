import { warnAt, type Fault } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import type { ProviderLimits } from "#shared/bot/provider-limits.ts";
import { sampleContext } from "#shared/bot/sample-context.ts";

/** What goes out otherwise than the flow says, by provider. Inserted text counts as one letter. */
export const reviewSends = ({ nodes }: Flow, limits: ProviderLimits): readonly Fault[] =>
  [...nodes.values()].flatMap((node) => {
    const { effects } = node.enter(sampleContext(node));
    const commands = effects.flatMap((effect) => (effect.kind === "send" ? [effect.command] : []));
    return [...limits].flatMap(([provider, { review }]) =>
      commands.flatMap((command) => {
        const message = review(command);
        return message === undefined
          ? []
          : [{ ...warnAt(node, `${provider}: ${message}`), provider }];
      }),
    );
  });
