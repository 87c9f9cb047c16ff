import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
} from "cockatiel";
import { within } from "#api/within.ts";

/** Runs within the budget, or fails at once while the other side is known to be away. */
export type Guard = <Value>(run: () => Promise<Value>) => Promise<Value>;

/** After three failures only one request a second tries; none waits for that one's luck. */
export function createGuard(what: string, budgetMs: number): Guard {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: 1000,
    breaker: new ConsecutiveBreaker(3),
  });
  return (run) => {
    if (breaker.state === CircuitState.HalfOpen)
      return Promise.reject(new BrokenCircuitError(`${what} is being tried by another request`));
    return breaker.execute(() => within(what, budgetMs, run));
  };
}
