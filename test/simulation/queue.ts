import type { JobOutcome } from "../../src/shared/domain/outcome.ts";
import { cappedBackoffMs, longestDelayMs, type WakeQueue } from "../../src/shared/queues/queues.ts";
import { crash, deliver, type Process } from "./processes.ts";
import type { WireDeps } from "./wire.ts";

/** Runs one job in one process. */
export type Handle = (
  process: Process,
  job: { readonly queue: WakeQueue; readonly id: string; readonly signal: AbortSignal },
) => Promise<JobOutcome>;

interface Job {
  readonly key: string;
  readonly queue: WakeQueue;
  readonly id: string;
  state: "waiting" | "active" | "delayed";
  /** Asked for while it ran: it runs once more. */
  again: boolean;
  attempts: number;
  /** Changes with each run: what an older run says no longer counts. */
  run: number;
}

const lockMs = 15_000;
const stalledEveryMs = 5000;
const atOnce = 3;
const mostAttempts = 20;
const mostOverlapping = 8;

export type JobQueue = ReturnType<typeof createJobQueue>;

const keyOf = (queue: WakeQueue, id: string): string => `${queue} ${id}`;

const tellOutcome = (outcome: JobOutcome): string =>
  outcome.kind === "done" ? "done" : `again in ${outcome.ms} ms`;

/** What BullMQ does with our wakes: at most one job of an id runs and one waits. */
export function createJobQueue(deps: {
  readonly wire: WireDeps;
  readonly processes: () => readonly Process[];
  readonly handle: Handle;
  /** Several jobs of one id run side by side. */
  readonly jobsOverlap: boolean;
}) {
  const { wire, processes, handle } = deps;
  const { scheduler, draws, faults } = wire;
  const jobs = new Map<string, Job>();
  const ghosts = new Set<string>();
  const running = new Map<Process, Set<() => void>>();
  let awayUntil = 0;
  let added = 0;
  const roomIn = (process: Process): boolean =>
    process.state === "up" && (running.get(process)?.size ?? 0) < atOnce;
  const isKnown = (job: Job, run: number): boolean => jobs.get(job.key) === job && job.run === run;

  const offer = (job: Job): void => {
    job.state = "waiting";
    const { run } = job;
    scheduler.soon({
      what: () => `the job ${job.queue} ${job.id} is taken up`,
      isReady: () =>
        !isKnown(job, run) || (scheduler.now() >= awayUntil && processes().some(roomIn)),
      run: () => {
        if (isKnown(job, run) && job.state === "waiting") start(job);
      },
    });
  };
  const delay = (job: Job, ms: number): void => {
    job.state = "delayed";
    const { run } = job;
    scheduler.after(Math.min(ms, longestDelayMs), {
      what: () => `the job ${job.queue} ${job.id} is due`,
      run: () => {
        if (isKnown(job, run) && job.state === "delayed") offer(job);
      },
    });
  };
  const open = (job: Job, delayMs: number): void => {
    jobs.set(job.key, job);
    if (delayMs > 0) delay(job, delayMs);
    else offer(job);
  };
  const add = (queue: WakeQueue, id: string, delayMs: number, beside?: string): void => {
    const name = keyOf(queue, id);
    const apart = beside ?? (deps.jobsOverlap ? (added += 1) % mostOverlapping : undefined);
    const key = apart === undefined ? name : `${name} ${apart}`;
    const known = jobs.get(key);
    if (known?.state === "active") known.again = true;
    if (known !== undefined || ghosts.has(name)) return;
    open({ key, queue, id, state: "waiting", again: false, attempts: 0, run: 0 }, delayMs);
  };
  const finish = (job: Job): void => {
    jobs.delete(job.key);
    if (job.again) open({ ...job, again: false, attempts: 0, run: 0 }, 0);
  };
  const start = (job: Job): void => {
    const process = draws.choose(processes().filter(roomIn));
    job.state = "active";
    job.run += 1;
    const { run } = job;
    const aborting = new AbortController();
    const mine = running.get(process) ?? new Set();
    running.set(process, mine);
    const stall = (): void => watchLock(job, run, process, aborting);
    mine.add(stall);
    const fault = faults.strike("job");
    if (fault?.action === "crash") {
      crash(process);
      return;
    }
    if (fault !== undefined) wire.strikeSystem(fault);
    const settle = (word: string, how: () => void): void => {
      mine.delete(stall);
      scheduler.soon({
        what: () => `${process.name} ends the job ${job.queue} ${job.id}: ${word}`,
        run: () => {
          if (process.state !== "dead" && isKnown(job, run)) how();
        },
      });
    };
    void handle(process, { queue: job.queue, id: job.id, signal: aborting.signal }).then(
      (outcome) => settle(tellOutcome(outcome), () => end(job, run, outcome)),
      () => settle("failed", () => fail(job, run)),
    );
  };
  const end = (job: Job, run: number, outcome: JobOutcome): void => {
    job.run = run + 1;
    if (outcome.kind === "done") finish(job);
    else delay(job, Math.max(outcome.ms, 1));
  };
  const fail = (job: Job, run: number): void => {
    job.run = run + 1;
    job.attempts += 1;
    if (job.attempts < mostAttempts) delay(job, cappedBackoffMs(job.attempts));
    else finish(job);
  };
  /** Its process died or froze: after the lock has run out the job goes to somebody else. */
  const watchLock = (job: Job, run: number, process: Process, aborting: AbortController): void => {
    if (process.state === "up") return;
    scheduler.after(lockMs + draws.pick(stalledEveryMs), {
      what: () => `the job ${job.queue} ${job.id} of ${process.name} is seen to have stalled`,
      run: () => {
        if (!isKnown(job, run) || process.state === "up") return;
        job.run += 1;
        offer(job);
        deliver(process, () => aborting.abort());
      },
    });
  };
  return {
    /** False when Redis did not take it. */
    add: (queue: WakeQueue, id: string, delayMs: number, beside?: string): boolean => {
      if (scheduler.now() < awayUntil) return false;
      add(queue, id, delayMs, beside);
      return true;
    },
    /** Called when a process dies or freezes. */
    lose: (process: Process): void => running.get(process)?.forEach((stall) => stall()),
    flush: (): void => {
      jobs.clear();
      ghosts.clear();
    },
    goAway: (ms: number): void => void (awayUntil = scheduler.now() + ms),
    plantGhost: (queue: WakeQueue, id: string): void => {
      if (!jobs.has(keyOf(queue, id))) ghosts.add(keyOf(queue, id));
    },
    removeGhost: (queue: WakeQueue, id: string): boolean => ghosts.delete(keyOf(queue, id)),
  };
}
