import type { Command } from "#shared/domain/command.ts";
import * as registered from "#shared/providers/registered.ts";

interface Limits {
  readonly review: (command: Command) => string | undefined;
  readonly windowMs: number | undefined;
}

/** By provider: what a flow that is to run on it should know. */
export const listLimits = (
  only: readonly string[] = Object.keys(registered),
): ReadonlyMap<string, Limits> =>
  new Map(
    Object.entries(registered)
      .filter(([name]) => only.includes(name))
      .map(([name, provider]) => [
        name,
        {
          review: (command) => provider.review?.(command),
          windowMs: provider.defaults.windowMs,
        },
      ]),
  );
