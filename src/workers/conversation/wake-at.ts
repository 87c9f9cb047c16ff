import type { Timer } from "#shared/domain/session.ts";

/** When the conversation is due next: its earliest timer, or a given moment before it. */
export function wakeAtOf(
  timers: readonly Timer[],
  also: readonly number[] = [],
): { wakeAt?: Date } {
  const times = [...timers.map(({ at }) => Date.parse(at)), ...also];
  return times.length === 0 ? {} : { wakeAt: new Date(Math.min(...times)) };
}
