import { refuse } from "./graph-error.ts";
import type { WhatsappSettings } from "./options.ts";

export type RateLimits = ReturnType<typeof createRateLimits>;

/** Throughput per number (130429) and pace per customer (131056), as far as the options set them. */
export function createRateLimits({ ratePerSecond, pairRate, now }: WhatsappSettings) {
  const numbers = new Map<string, Allowance>();
  const pairs = new Map<string, Allowance>();
  return {
    spend(phoneNumberId: string, to: string): void {
      const second = ratePerSecond === undefined ? undefined : perSecond(ratePerSecond);
      if (second !== undefined && !take(numbers, phoneNumberId, second, now()))
        throw refuse(130429);
      const pair = `${phoneNumberId}|${to}`;
      if (pairRate !== undefined && !take(pairs, pair, pairRate, now())) throw refuse(131056);
    },
  };
}

interface Allowance {
  readonly left: number;
  readonly at: number;
}

interface Pace {
  readonly burst: number;
  readonly everyMs: number;
}

const perSecond = (rate: number): Pace => ({ burst: rate, everyMs: 1000 / rate });

/** A bucket of `burst` that gains one every `everyMs`. */
function take(all: Map<string, Allowance>, key: string, pace: Pace, at: number): boolean {
  const before = all.get(key) ?? { left: pace.burst, at };
  const left = Math.min(pace.burst, before.left + (at - before.at) / pace.everyMs);
  const taken = left >= 1;
  all.set(key, { left: taken ? left - 1 : left, at });
  return taken;
}
