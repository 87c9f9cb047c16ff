import {
  carryOut,
  type Answer,
  type Command,
  type Operation,
  type Wire,
} from "./database/driver.ts";
import type { Draws } from "./draws.ts";
import { tellFault, type Fault, type Faults } from "./faults.ts";
import { deliver, type Process } from "./processes.ts";
import type { Scheduler } from "./scheduler.ts";
import { readUnder, writeUnder } from "./wire-faults.ts";

/** What every way out of a process shares. */
export interface WireDeps {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly draws: Draws;
  /** Freezes a process for as long as the fault says. */
  readonly freeze: (process: Process, fault: Fault) => void;
  /** What strikes the whole system and not this command. */
  readonly strikeSystem: (fault: Fault) => void;
}

export interface Call {
  readonly process: Process;
  readonly command: Command;
  readonly reject: (error: unknown) => void;
}

export interface ReadCall extends Call {
  readonly run: Operation;
  readonly resolve: (answer: unknown) => void;
}

export interface WriteCall extends Call {
  readonly operations: readonly Operation[];
  readonly resolve: (answers: readonly Answer[]) => void;
}

/** One process's way to the database: each command happens when the scheduler says so. */
export function createWire(deps: WireDeps, process: Process): Wire {
  const soon = (command: Command, run: () => void): void =>
    deps.scheduler.soon({
      what: () => `${process.name} ${command.point} ${command.detail()}`,
      run,
    });
  return {
    read: (command, run) =>
      new Promise((resolve, reject) =>
        soon(command, () => read(deps, { process, command, run, resolve, reject })),
      ),
    write: (command, operations) =>
      new Promise((resolve, reject) =>
        soon(command, () => write(deps, { process, command, operations, resolve, reject })),
      ),
  };
}

function read(deps: WireDeps, call: ReadCall): void {
  const { process, command, run, resolve } = call;
  if (process.state === "dead") return;
  const fault = deps.faults.strike(command.point);
  if (fault !== undefined) {
    tellFault(deps.scheduler, fault, process);
    const under = readUnder[fault.action];
    if (under !== undefined) return under(deps, call, fault);
    deps.strikeSystem(fault);
  }
  const answer = run();
  arrive(deps, call, () => resolve(answer));
}

function write(deps: WireDeps, call: WriteCall): void {
  const { process, command, operations, resolve } = call;
  // What a process sent before it died may still arrive, at any time, or not.
  if (process.state === "dead") {
    if (deps.draws.pick(2) === 1) operations.forEach(carryOut);
    return;
  }
  const fault = deps.faults.strike(command.point);
  if (fault !== undefined) {
    tellFault(deps.scheduler, fault, process);
    const under = writeUnder[fault.action];
    if (under !== undefined) return under(deps, call, fault);
    deps.strikeSystem(fault);
  }
  const answers = operations.map(carryOut);
  arrive(deps, call, () => resolve(answers));
}

const slowOneIn = 8;

/** At once, or a while after the server did its part. */
function arrive(
  { scheduler, draws }: WireDeps,
  { process, command }: Call,
  then: () => void,
): void {
  if (draws.pick(slowOneIn) !== slowOneIn - 1) {
    deliver(process, then);
    return;
  }
  scheduler.soon({
    what: () => `${process.name} hears of its ${command.point}`,
    run: () => deliver(process, then),
  });
}
