import type { CommonSwitches } from "./common-switches.ts";
import type { Outcome } from "./ledger.ts";
import { strikes, type Odds } from "./odds.ts";
import { createRandom } from "./random.ts";

export type EarlyFault =
  | { readonly kind: "rate"; readonly retryAfterSeconds: number | null }
  | { readonly kind: "server"; readonly status: number }
  | { readonly kind: "drop" };

export interface LateFault {
  readonly outcome: Outcome;
  readonly status: number;
  readonly hangMs: number;
}

export type Faults = ReturnType<typeof createFaults>;

/** Draws what befalls a send, from the switches and their seed. */
export function createFaults(deps: {
  readonly switches: { readonly now: CommonSwitches; onChange(listener: () => void): void };
}) {
  const { now } = deps.switches;
  let seed = now.seed;
  let random = createRandom(seed);
  deps.switches.onChange(() => {
    if (now.seed === seed) return;
    seed = now.seed;
    random = createRandom(seed);
  });
  const concerns = (to: string | undefined): boolean => now.onlyTo === null || now.onlyTo === to;
  const struck = (odds: Odds): boolean => strikes(odds, random);

  return {
    random: (): number => random(),

    latencyMs: (to?: string): number => (concerns(to) ? now.latencyMs : 0),

    tokenExpired: (): boolean => struck(now.expiredToken),

    media: (): CommonSwitches["mediaFault"]["kind"] | undefined =>
      struck(now.mediaFault) ? now.mediaFault.kind : undefined,

    draws: (odds: Odds, to?: string): boolean => concerns(to) && struck(odds),

    /** What happens instead of accepting. */
    beforeAccepting(to: string | undefined): EarlyFault | undefined {
      if (!concerns(to)) return undefined;
      const { answer429, fail5xxBefore, dropBefore } = now;
      if (struck(answer429)) {
        return { kind: "rate", retryAfterSeconds: answer429.retryAfterSeconds };
      }
      if (struck(fail5xxBefore)) return { kind: "server", status: fail5xxBefore.status };
      return struck(dropBefore) ? { kind: "drop" } : undefined;
    },

    /** What the caller sees of an accepted send. */
    afterAccepting(to: string): LateFault {
      const answered = { outcome: "answered", status: 200, hangMs: 0 } as const;
      if (!concerns(to)) return answered;
      const { fail5xxAfter, dropAfter, hangMs } = now;
      if (struck(fail5xxAfter)) {
        return { ...answered, outcome: "failed5xx", status: fail5xxAfter.status };
      }
      if (struck(dropAfter)) return { ...answered, outcome: "dropped" };
      return struck(hangMs) ? { ...answered, outcome: "hung", hangMs: hangMs.ms } : answered;
    },
  };
}
