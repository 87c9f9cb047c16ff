import type { GreenApiConfig } from "./options.ts";

/** Requests of the last second per method, where the options ask for the documented limits. */
export function createMethodLimits({ methodLimits, now }: GreenApiConfig) {
  const recent = new Map<string, number[]>();
  return {
    allows(method: string, perSecond: number): boolean {
      if (!methodLimits) return true;
      const at = now();
      const calls = (recent.get(method) ?? []).filter((call) => at - call < 1000);
      const allowed = calls.length < perSecond;
      recent.set(method, allowed ? [...calls, at] : calls);
      return allowed;
    },
  };
}
