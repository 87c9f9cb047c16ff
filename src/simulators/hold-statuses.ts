import type { CommonSwitches } from "./common-switches.ts";
import { shuffle } from "./random.ts";

interface Deps<Status> {
  readonly switches: { readonly now: CommonSwitches; onChange(listener: () => void): void };
  readonly random: () => number;
  readonly emit: (status: Status) => void;
}

/** Lets receipts pass, or keeps them while `holdStatuses` is on; what was kept leaves in the asked order. */
export function createStatusGate<Status>({ switches, random, emit }: Deps<Status>) {
  const held: Status[] = [];
  const emitAll = (statuses: readonly Status[]): void => {
    for (const status of putInOrder(statuses, switches.now.reorderWebhooks, random)) emit(status);
  };
  switches.onChange(() => {
    if (!switches.now.holdStatuses) emitAll(held.splice(0));
  });

  return (status: Status): void => {
    if (switches.now.statusesOff) return;
    if (switches.now.holdStatuses) held.push(status);
    else emit(status);
  };
}

export function putInOrder<T>(
  items: readonly T[],
  order: CommonSwitches["reorderWebhooks"],
  random: () => number,
): readonly T[] {
  if (order === "reverse") return items.toReversed();
  return order === "shuffle" ? shuffle(items, random) : items;
}
