import type { Command } from "#shared/domain/command.ts";
import * as registered from "#shared/providers/registered.ts";

/** By provider: what becomes of a command that it cannot take as it is. */
export const listReviews = (
  only: readonly string[] = Object.keys(registered),
): ReadonlyMap<string, (command: Command) => string | undefined> =>
  new Map(
    Object.entries(registered)
      .filter(([name, provider]) => provider.review !== undefined && only.includes(name))
      .map(([name, provider]) => [name, (command) => provider.review?.(command)]),
  );
