import { createDraws, numbersOf, type Draws } from "./draws.ts";
import type { Process } from "./processes.ts";
import type { Scheduler } from "./scheduler.ts";

/** What goes wrong. Each kind of command, job or call understands some of these. */
const actions = [
  "crash",
  "freeze",
  "lose the answer",
  "lose the answer, write later",
  "one by one",
  "crash",
  "freeze",
  "lose the answer",
  "refuse",
  "in part",
  "refuse one",
  "busy",
  "crash everything",
  "flush Redis",
  "Redis away",
  "ghost key",
  "time passes",
] as const;
export type Action = (typeof actions)[number];

/** Where a schedule's faults strike, and how: the kind of command, job or call. */
export interface Focus {
  readonly points: readonly string[];
  readonly actions: readonly Action[];
}

const turns = [
  "conversations.update",
  "webhooks.read",
  "outgoing.insert",
  "conversations.update",
  "messages.insert",
  "conversations.read",
  "messages.read",
  "conversations.update",
  "webhooks.update",
  "contacts.update",
  "deals.insert",
];
const sends = [
  "provider.send",
  "outgoing.update",
  "provider.ask",
  "provider.send",
  "outgoing.update",
  "refs.insert",
  "outgoing.read",
  "refs.read",
  "alerts.update",
];
const claims = ["outgoing.update", "provider.send"];
const questions = ["provider.send", "provider.ask"];
const edges = ["wake", "job", "webhooks.insert", "refs.update", "marks.update", "wake"];
const hard = actions.slice(0, 8);

export const focuses = {
  anything: { points: [...turns, ...sends, ...edges], actions },
  turns: { points: turns, actions: hard },
  sends: { points: sends, actions: hard },
  claims: { points: claims, actions: hard },
  questions: { points: questions, actions: ["lose the answer", "freeze"] },
} as const;

export interface Fault {
  readonly point: string;
  /** At which of its occasions. */
  readonly ordinal: number;
  readonly action: Action;
  /** Its details. */
  readonly draws: Draws;
}

export type Faults = ReturnType<typeof createFaults>;

/** Strikes each fault at its occasion, once. */
export function createFaults(groups: readonly (readonly number[])[], focus: Focus) {
  const planned = groups.map((group) => readFault(group, focus));
  const seen = new Map<string, number>();
  return {
    /** The fault that this occasion of a point meets. */
    strike: (point: string): Fault | undefined => {
      if (planned.length === 0) return undefined;
      const occasion = seen.get(point) ?? 0;
      seen.set(point, occasion + 1);
      const place = planned.findIndex(
        (fault) => fault.point === point && fault.ordinal === occasion,
      );
      return place < 0 ? undefined : planned.splice(place, 1)[0];
    },
  };
}

/** Into the printed schedule. */
export const tellFault = (scheduler: Scheduler, { action }: Fault, { name }: Process): void =>
  scheduler.tell(() => `! ${action}, at ${name}`);

function readFault(group: readonly number[], { points, actions: known }: Focus): Fault {
  const [point = 0, ordinal = 0, action = 0, ...details] = group;
  return {
    point: points[point % points.length] ?? "",
    ordinal: ordinal % 8 < 6 ? ordinal % 4 : ordinal % 16,
    action: known[action % known.length] ?? "crash",
    draws: createDraws(numbersOf(details)),
  };
}
