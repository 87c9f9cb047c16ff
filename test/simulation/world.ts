import type { Draws } from "./draws.ts";
import { toDriver } from "./database/driver.ts";
import { createFaults, type Fault } from "./faults.ts";
import { createHistory } from "./history.ts";
import { acceptBody } from "./ingress.ts";
import { createLedger } from "./ledger.ts";
import type { Mutant } from "./mutants.ts";
import { openProcess, type OpenProcess } from "./open-process.ts";
import { createPosts } from "./posts.ts";
import { createProcess, deliver, freeze, sleepIn, thaw, type Process } from "./processes.ts";
import { checkEnding, checkTaken, checkTurns } from "./properties.ts";
import { createProvider } from "./provider.ts";
import { createJobQueue } from "./queue.ts";
import type { Schedule } from "./schedule.ts";
import { createScheduler, startAt } from "./scheduler.ts";
import { channel, laneSettings, sendTimeoutMs, sweepEveryMs } from "./settings.ts";
import { readMessages, readShape } from "./shape.ts";
import { strikeSystem } from "./strike-system.ts";
import { createTables } from "./tables.ts";
import { tellTaken } from "./tell-taken.ts";
import { Violation } from "./verdict.ts";
import { wakeFrom } from "./wake-from.ts";
import type { WireDeps } from "./wire.ts";
import { createWire } from "./wire.ts";
import { handleJob, sweepOnce } from "./workers.ts";
import { writeMessages } from "./write-messages.ts";

export interface WorldOptions {
  readonly schedule: Schedule;
  readonly draws: Draws;
  readonly mutant: Mutant | undefined;
  readonly tell: ((line: string) => void) | undefined;
}

const restartMs = 1000;
const frozenMs = [70_000, 5000, 18_000, 41_000, 62_000, 90_000, 130_000, 200_000, 400_000];

/** Everything that one schedule plays in. */
export function createWorld({ schedule, draws, mutant, tell }: WorldOptions) {
  const shape = { ...readShape(schedule), ...mutant?.hunted };
  const written = readMessages(schedule, shape);
  const scheduler = createScheduler(draws, tell);
  const { now } = scheduler;
  const history = createHistory();
  const found = createFinder();
  const { table, isAnythingDue, isAnythingOpen } = createTables(history, now, (id) =>
    found.watch(() => checkTurns(history, id)),
  );
  const workers: Process[] = [];
  const opened = new Map<Process, OpenProcess>();
  const portsOf = (process: Process): OpenProcess => {
    const ports = opened.get(process);
    if (ports === undefined) throw new Error(`${process.name} is not open`);
    return ports;
  };
  const wire: WireDeps = {
    scheduler,
    draws,
    faults: createFaults(schedule.faults, shape.focus),
    strikeSystem: (fault) => strikeSystem({ scheduler, queue, workers }, fault),
    freeze: (process, fault: Fault) => {
      if (!freeze(process)) return;
      scheduler.after(fault.draws.choose(frozenMs), {
        what: () => `${process.name} thaws`,
        run: () => thaw(process, scheduler),
      });
    },
  };
  const queue = createJobQueue({
    wire,
    processes: () => workers,
    jobsOverlap: shape.jobsOverlap,
    handle: (process, job) => handleJob(portsOf(process), job),
  });
  const ledger = createLedger((taken) => {
    found.watch(() => checkTaken(history, taken));
    history.taken.push(taken);
  });
  const provider = {
    ...wire,
    ...shape,
    ledger,
    sendTimeoutMs,
    tellOf: (taken: Parameters<typeof tellTaken>[1]) => tellTaken({ posts, draws, shape }, taken),
  };

  let ids = 0;
  let started = 0;
  const start = (role: string): Process => {
    const process = createProcess(`${role}${(started += 1)}`);
    const commands = createWire(wire, process);
    const ports = openProcess({
      now,
      newId: () => `${process.name}-${(ids += 1)}`,
      sleep: sleepIn(process, scheduler),
      random: () => draws.pick(4) / 4,
      wake: wakeFrom(wire, queue, process),
      provider: createProvider(provider, process),
      bot: shape.bot,
      laneSettings: { ...laneSettings, reconcileEveryMs: shape.reconcileEveryMs },
      collection: (name) => {
        const driver = toDriver(name, table(name), commands);
        return mutant?.collection?.(name, driver) ?? driver;
      },
    });
    opened.set(process, {
      ...ports,
      drain: mutant?.drain?.(ports.drain) ?? ports.drain,
      lane: mutant?.lane?.(ports.lane) ?? ports.lane,
    });
    return process;
  };
  const startWorker = (): void => {
    const process = start("worker");
    workers.push(process);
    process.onChange = () => {
      if (process.state !== "up") queue.lose(process);
      if (process.state !== "dead") return;
      workers.splice(workers.indexOf(process), 1);
      scheduler.after(restartMs, { what: () => "a worker starts", run: startWorker });
    };
    if (mutant?.hasNoSweeper !== true) sweepLater(process);
  };
  const sweepLater = (process: Process): void => {
    const sweepNow = (): void => {
      void sweepOnce(portsOf(process), queue).then(() => sweepLater(process));
    };
    scheduler.everyNow({
      firstMs: sweepEveryMs - 1000 + draws.pick(3) * 1000,
      everyMs: sweepEveryMs,
      isNeeded: () => isAnythingDue(now()),
      happening: { what: () => `${process.name} sweeps`, run: () => deliver(process, sweepNow) },
    });
  };

  let api = createProcess("none yet");
  const noteApi = (fields: object): void => {
    const update = { $set: { role: "api", ...fields } };
    table("processes").updateOne({ filter: { _id: "api" }, update, upsert: true });
  };
  const startApi = (): void => {
    const process = start("api");
    api = process;
    process.onChange = () => {
      if (process.state !== "dead") return;
      noteApi({ startedAt: new Date(now()) });
      scheduler.after(restartMs, { what: () => "the API starts", run: startApi });
    };
  };
  let entries = 0;
  const posts = createPosts({
    scheduler,
    onRefused: () => noteApi({ refusedAt: new Date(now()) }),
    accept: (body) => {
      if (api.state !== "up") return undefined;
      const { models, lane } = portsOf(api);
      entries += 1;
      const { webhooks } = models;
      return acceptBody(
        { now, webhooks, wake: lane.wake, channel, holdMs: shape.holdMs },
        body,
        entries,
      );
    },
  });

  noteApi({ startedAt: new Date(0), beatAt: new Date(startAt) });
  for (let count = 0; count < shape.workers; count += 1) startWorker();
  startApi();
  writeMessages(posts, history, written);

  const isAtRest = (): boolean =>
    !posts.areOpen() &&
    !scheduler.isAwaited() &&
    workers.every(({ state }) => state === "up") &&
    !isAnythingOpen();
  return {
    /** Lets one thing happen; false when all is done, or nothing will ever come. */
    step: (): boolean => {
      found.tell();
      return (scheduler.isBusy() || !isAtRest()) && scheduler.step();
    },
    /** Throws the violation that only the end shows. */
    end: (): void => {
      if (!isAtRest()) throw new Violation("quiescence", "something is open and nothing comes");
      checkEnding({ history, table, written, shape });
    },
  };
}

/** Keeps the first violation that was seen while something was written, until the step is over. */
function createFinder() {
  let first: Violation | undefined;
  return {
    watch: (check: () => void): void => {
      try {
        check();
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        first ??= error;
      }
    },
    tell: (): void => {
      if (first !== undefined) throw first;
    },
  };
}
