import type { Log } from "#shared/runtime/log.ts";

type Step = readonly [name: string, run: () => unknown];

/**
 * Stops a process in the given order on SIGTERM or SIGINT, then exits with 0. What does not end in
 * `limitMs` is left behind: MongoDB holds everything that must survive.
 */
export function stopOnSignal(log: Log, limitMs: number, steps: readonly Step[]): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ event: "stopping", signal });
    setTimeout(() => exitLate(log, limitMs), limitMs).unref();
    runSteps(log, steps).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

async function runSteps(log: Log, steps: readonly Step[]): Promise<void> {
  for (const [name, run] of steps) {
    try {
      await run();
    } catch (error) {
      log.warn({ event: "stop.failed", step: name, err: error });
    }
  }
  log.info({ event: "stopped" });
}

function exitLate(log: Log, limitMs: number): never {
  log.warn({ event: "stop.late", limitMs });
  process.exit(1);
}

/** A surprise nobody caught: the state is safe in MongoDB, so say it and end. */
export function exitOnSurprise(log: Log): void {
  const end = (error: unknown): void => {
    log.fatal({ event: "surprise", err: error });
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}
