import type { Draws } from "./draws.ts";

/** Something that may happen next. */
export interface Happening {
  /** For the printed schedule. */
  readonly what: () => string;
  readonly run: () => void;
  /** Absent: always. */
  readonly isReady?: () => boolean;
}

/** Something that comes again and again, and keeps no run from its end. */
export interface Round {
  readonly firstMs: number;
  readonly everyMs: number;
  /** While it is not, rounds pass without a word. */
  readonly isNeeded: () => boolean;
  readonly happening: Happening;
}

interface Timer {
  readonly at: number;
  readonly happening: Happening;
  /** Happens at its time, whatever else waits. */
  readonly isSharp: boolean;
  readonly round?: Round;
}

export type Scheduler = ReturnType<typeof createScheduler>;

export const startAt = Date.parse("2027-01-01T00:00:00Z");
export const mostMs = 3 * 3_600_000;
const stepMs = 1;
/** One drawn number in so many lets time pass although something could happen. */
const jumpOneIn = 12;

/** Decides what happens next. Time passes by a little with each step, and by a jump where it is chosen. */
export function createScheduler(draws: Draws, tell?: (line: string) => void) {
  let now = startAt;
  const waiting: Happening[] = [];
  const timers: Timer[] = [];

  const add = (timer: Timer): void => {
    const place = timers.findLastIndex(({ at }) => at <= timer.at) + 1;
    timers.splice(place, 0, timer);
  };
  const addRound = (round: Round, at: number): void => {
    add({ at, happening: round.happening, isSharp: false, round });
  };
  const run = (happening: Happening): void => {
    tell?.(`${((now - startAt) / 1000).toFixed(3).padStart(9)} s  ${happening.what()}`);
    happening.run();
  };
  const jump = (): boolean => {
    const timer = timers.shift();
    if (timer === undefined) return false;
    const { at, happening, isSharp, round } = timer;
    now = Math.max(now, at);
    if (isSharp) run(happening);
    else if (round === undefined || round.isNeeded()) waiting.push(happening);
    else addRound(round, now + round.everyMs);
    return true;
  };
  const letIn = (until: number): void => {
    for (let next = timers[0]; next !== undefined && next.at <= until; next = timers[0]) jump();
  };
  const readyNow = (): readonly Happening[] => {
    letIn(now);
    return waiting.filter(({ isReady }) => isReady === undefined || isReady());
  };
  return {
    now: (): number => now,
    soon: (happening: Happening): void => void waiting.push(happening),
    after: (ms: number, happening: Happening): void =>
      add({ at: now + ms, happening, isSharp: false }),
    everyNow: (round: Round): void => addRound(round, now + round.firstMs),
    /** At that very time, before anything else; the answer takes it back. */
    sharp: (ms: number, happening: Happening): (() => void) => {
      const timer = { at: now + ms, happening, isSharp: true };
      add(timer);
      return () => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
      };
    },
    /** Time passes although something could happen. */
    skip: (ms: number): void => {
      const until = now + ms;
      letIn(until);
      now = until;
    },
    tell: (line: () => string): void => tell?.(`             ${line()}`),
    /** Something can happen now. */
    isBusy: (): boolean => readyNow().length > 0,
    /** Something will come that somebody waits for. */
    isAwaited: (): boolean => timers.some(({ round }) => round === undefined),
    /** Lets one thing happen; false when nothing ever will, or not within any sensible time. */
    step: (): boolean => {
      let ready = readyNow();
      while (ready.length === 0) {
        if (now - startAt > mostMs || !jump()) return false;
        ready = readyNow();
      }
      const drawn = draws.pick(ready.length * jumpOneIn);
      if (drawn !== 0 && drawn % jumpOneIn === 0 && timers.length > 0) return jump();
      const next = ready[drawn % ready.length];
      if (next === undefined) return false;
      waiting.splice(waiting.indexOf(next), 1);
      now += stepMs;
      run(next);
      return true;
    },
  };
}
