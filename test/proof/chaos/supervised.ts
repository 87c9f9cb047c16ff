import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startOurs, type OurProcess, type Starting } from "../../bench/our-process.ts";

/** A process of ours that is started again however it ends, as production would. */
export interface Supervised {
  readonly name: string;
  /** SIGKILL; answers once it is ready again. */
  readonly kill: (awayMs: number) => Promise<void>;
  /** SIGSTOP, SIGCONT. */
  readonly freeze: (ms: number) => Promise<void>;
  /** SIGTERM, and not started again until `resume`; answers how long it took to end, in ms. */
  readonly halt: () => Promise<number>;
  readonly resume: () => Promise<void>;
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** How often it ended although nobody killed it. */
  readonly crashes: () => number;
}

type Given = Omit<Starting, "logFile"> & { readonly name: string; readonly folder: string };

const tries = 4;

/** Starts it and keeps it running until `stop`. */
export async function supervise({ name, folder, ...starting }: Given): Promise<Supervised> {
  let starts = 0;
  let crashes = 0;
  let isWanted = true;
  let current: OurProcess;

  const start = async (): Promise<void> => {
    for (let left = tries; ; left -= 1) {
      starts += 1;
      const logFile = join(folder, "logs", `${name.replace(" ", "-")}.${starts}.log`);
      try {
        current = await startOurs({ ...starting, logFile });
        break;
      } catch (error) {
        crashes += 1;
        if (left <= 1) throw error;
      }
    }
    void watch(current);
  };
  let restarting: Promise<void> | undefined;
  const watch = async (watched: OurProcess): Promise<void> => {
    await watched.exited;
    if (!isWanted || watched !== current || restarting !== undefined) return;
    crashes += 1;
    restarting = start().finally(() => (restarting = undefined));
    await restarting;
  };

  await start();
  return {
    name,
    crashes: () => crashes,
    kill: async (awayMs) => {
      await restarting;
      restarting = (async () => {
        current.signal("SIGKILL");
        await current.exited;
        await wait(awayMs);
        await start();
      })().finally(() => (restarting = undefined));
      await restarting;
    },
    freeze: async (ms) => {
      await restarting;
      const frozen = current;
      frozen.signal("SIGSTOP");
      await wait(ms);
      frozen.signal("SIGCONT");
    },
    halt: async () => {
      await restarting;
      isWanted = false;
      const askedAt = performance.now();
      await current.stop();
      return performance.now() - askedAt;
    },
    resume: async () => {
      isWanted = true;
      await start();
    },
    port: starting.port,
    stop: async () => {
      isWanted = false;
      await restarting;
      await current.stop();
    },
  };
}
