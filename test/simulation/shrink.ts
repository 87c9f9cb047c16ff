import type { Schedule } from "./schedule.ts";

type Fails = (schedule: Schedule) => Promise<boolean>;

const mostTries = 600;
const mostRounds = 10;

/**
 * A smaller schedule that still fails: fewer faults, fewer messages, a plainer order. Greedy, since
 * any numbers are a schedule: whatever is taken away, the run goes on with plain choices.
 */
export async function shrinkSchedule(failing: Schedule, fails: Fails): Promise<Schedule> {
  let best = failing;
  let tries = 0;
  const keep = async (candidate: Schedule): Promise<void> => {
    tries += 1;
    if (tries <= mostTries && (await fails(candidate))) best = candidate;
  };
  for (let round = 0; round < mostRounds; round += 1) {
    const size = sizeOf(best);
    for (let place = best.faults.length - 1; place >= 0; place -= 1)
      await keep({ ...best, faults: best.faults.toSpliced(place, 1) });
    for (let place = best.messages.length - 1; place >= 0; place -= 1)
      await keep({ ...best, messages: best.messages.toSpliced(place, 1) });
    await keep({ ...best, order: [] });
    for (let share = 2; share <= 64; share *= 2) await flatten(share);
    for (const part of ["shape", "messages", "faults"] as const) await simplify(part);
    if (size === sizeOf(best)) break;
  }
  return { ...best, order: trimmed(best.order) };

  /** Makes the order plain, one part of many after another. */
  async function flatten(share: number): Promise<void> {
    const length = Math.max(1, Math.ceil(best.order.length / share));
    for (let from = 0; from < length * share; from += length) {
      const order = best.order.map((each, place) =>
        place >= from && place < from + length ? 0 : each,
      );
      if (order.some((each, place) => each !== best.order[place])) await keep({ ...best, order });
    }
  }

  /** Makes single numbers plain. */
  async function simplify(part: "shape" | "messages" | "faults"): Promise<void> {
    const groups = part === "shape" ? [best.shape] : best[part];
    for (const [row, group] of groups.entries())
      for (const [column, value] of group.entries()) {
        if (value === 0) continue;
        const now = part === "shape" ? [best.shape] : best[part];
        const plain = now.with(row, (now[row] ?? []).with(column, 0));
        await keep({ ...best, [part]: part === "shape" ? plain[0] : plain });
      }
  }
}

const sizeOf = ({ shape, messages, faults, order }: Schedule): number =>
  [...shape, ...messages.flat(), ...faults.flat(), ...order].filter((each) => each !== 0).length +
  messages.length +
  faults.length;

const trimmed = (order: readonly number[]): readonly number[] =>
  order.slice(0, order.findLastIndex((each) => each !== 0) + 1);
