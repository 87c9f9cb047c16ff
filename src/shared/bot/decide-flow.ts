import { findOldButton } from "#shared/bot/find-old-button.ts";
import type { Flow } from "#shared/bot/flow.ts";
import type { Trigger } from "#shared/bot/trigger.ts";
import type { BotInput, Heard, Said } from "#shared/domain/session.ts";

interface Holder {
  readonly flow: Flow;
}

/** What may take a customer's words. */
export interface FlowsHere<Held extends Holder> {
  /** What may start, by priority. */
  readonly starters: readonly Held[];
  /** Where a session is in progress. */
  readonly running?: Held;
}

/** Who takes them. `at`: where it begins; a flow that is left without it is over. */
export interface Decision<Held extends Holder> {
  readonly does: "answer" | "start" | "leave";
  readonly by: Held;
  readonly at?: string;
}

/**
 * Which flow takes what the customer said. While one runs, its own way out comes first, then whatever
 * restarts; else it is answered. Otherwise the first whose trigger fires starts. Undefined: none.
 */
export const decideFlow = <Held extends Holder>(
  { starters, running }: FlowsHere<Held>,
  heard: Heard,
): Decision<Held> | undefined => {
  if (running === undefined) return findFirst(starters, (by) => findStart(by, heard));
  const leave = fire(running.flow, heard, ["leave"]);
  if (leave !== undefined) return { does: "leave", by: running, ...placeOf(leave) };
  const restart = findFirst(starters, (by) => findTriggered(by, heard, ["restart"]));
  return restart ?? { does: "answer", by: running };
};

/** What the flow that takes the words is given; undefined: it is left, and nothing begins. */
export const inputOf = (
  { does, at }: Decision<Holder>,
  said: Said,
): Exclude<BotInput, { kind: "timeout" | "answered" }> | undefined => {
  if (at !== undefined) return { kind: "start", at, ...said };
  return does === "leave" ? undefined : { kind: does, ...said };
};

const findFirst = <Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined => {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
};

const findStart = <Held extends Holder>(by: Held, heard: Heard): Decision<Held> | undefined =>
  findTriggered(by, heard, ["start", "restart"]) ??
  (hasButton(by.flow, heard) ? { does: "start", by } : undefined);

const findTriggered = <Held extends Holder>(
  by: Held,
  heard: Heard,
  does: readonly Trigger["does"][],
): Decision<Held> | undefined => {
  const trigger = fire(by.flow, heard, does);
  return trigger && { does: "start", by, ...placeOf(trigger) };
};

const fire = ({ triggers }: Flow, heard: Heard, does: readonly Trigger["does"][]) =>
  triggers.find((trigger) => does.includes(trigger.does) && trigger.fires(heard));

const placeOf = ({ start }: Trigger): { at?: string } =>
  start === undefined ? {} : { at: start.id };

/** A button that the flow once offered, pressed when nothing runs any more. */
const hasButton = (flow: Flow, { payload, texts }: Heard): boolean => {
  if (payload === undefined) return false;
  const said = { text: texts.join("\n"), payload };
  return findOldButton(flow, undefined, said, () => (label) => label) !== undefined;
};
