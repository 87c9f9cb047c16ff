import type { Scheduler } from "./scheduler.ts";

/** One simulated process. A dead one never goes on; a frozen one hears nothing until it thaws. */
export interface Process {
  readonly name: string;
  state: "up" | "frozen" | "dead";
  /** What arrived while it was frozen. */
  readonly mail: (() => void)[];
  /** Told when it dies or freezes, and when it goes on. */
  onChange: () => void;
}

export const createProcess = (name: string): Process => ({
  name,
  state: "up",
  mail: [],
  onChange: () => undefined,
});

/** Brings something to a process, in the state that it is in. */
export function deliver(process: Process, arrive: () => void): void {
  if (process.state === "dead") return;
  if (process.state === "frozen") process.mail.push(arrive);
  else arrive();
}

export function crash(process: Process): void {
  if (process.state === "dead") return;
  process.state = "dead";
  process.mail.length = 0;
  process.onChange();
}

/** False when it does not run anyway. */
export function freeze(process: Process): boolean {
  if (process.state !== "up") return false;
  process.state = "frozen";
  process.onChange();
  return true;
}

/** Goes on where it stopped; its mail arrives one by one. */
export function thaw(process: Process, scheduler: Scheduler): void {
  if (process.state !== "frozen") return;
  process.state = "up";
  process.onChange();
  for (const arrive of process.mail.splice(0))
    scheduler.soon({
      what: () => `${process.name} hears what came while it was frozen`,
      run: () => deliver(process, arrive),
    });
}

/** A process's own timer. */
export const sleepIn =
  (process: Process, scheduler: Scheduler) =>
  (ms: number): Promise<void> =>
    new Promise((resolve) =>
      scheduler.after(ms, {
        what: () => `${process.name} wakes from ${ms} ms of sleep`,
        run: () => deliver(process, resolve),
      }),
    );
