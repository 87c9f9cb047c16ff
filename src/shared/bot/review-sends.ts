import { warnAt, type Fault } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { sampleContext } from "#shared/bot/sample-context.ts";
import type { Command } from "#shared/domain/command.ts";

/** By provider: what becomes of a command that it cannot take as it is. */
export type Reviews = ReadonlyMap<string, (command: Command) => string | undefined>;

/** What goes out otherwise than the flow says, by provider. Inserted text counts as one letter. */
export const reviewSends = ({ nodes }: Flow, reviews: Reviews): readonly Fault[] =>
  [...nodes.values()].flatMap((node) => {
    const { effects } = node.enter(sampleContext(node));
    const commands = effects.flatMap((effect) => (effect.kind === "send" ? [effect.command] : []));
    return [...reviews].flatMap(([provider, review]) =>
      commands.flatMap((command) => {
        const message = review(command);
        return message === undefined
          ? []
          : [{ ...warnAt(node, `${provider}: ${message}`), provider }];
      }),
    );
  });
