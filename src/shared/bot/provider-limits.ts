import type { Command } from "#shared/domain/command.ts";

/** What a flow should know of each provider that it is to run on, by the provider's name. */
export type ProviderLimits = ReadonlyMap<
  string,
  {
    /** What becomes of a command that it cannot take as it is. */
    readonly review: (command: Command) => string | undefined;
    /** Free-form messages are taken this long after the customer's last word. */
    readonly windowMs?: number | undefined;
  }
>;
