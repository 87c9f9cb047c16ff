import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import type { Seeds } from "./run-seeds.ts";
import type { Property } from "./verdict.ts";

export type Asked = Omit<Seeds, "mutant"> & { readonly mutant?: string };

export interface Told {
  readonly schedules: number;
  readonly steps: number;
  readonly failures: readonly ToldFailure[];
}

export interface ToldFailure {
  readonly seed: number;
  readonly property: Property;
  readonly message: string;
}

export type Pool = ReturnType<typeof startPool>;

/** Processes that run schedules side by side. */
export function startPool(size: number = availableParallelism()) {
  const file = new URL("seeds-process.ts", import.meta.url);
  const free = Array.from({ length: size }, () => fork(file, { stdio: "inherit" }));
  const all = [...free];
  const waiting: ((child: ChildProcess) => void)[] = [];
  const take = (): Promise<ChildProcess> => {
    const child = free.pop();
    return child === undefined
      ? new Promise((resolve) => waiting.push(resolve))
      : Promise.resolve(child);
  };
  const give = (child: ChildProcess): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(child);
    else next(child);
  };
  return {
    size,
    run: async (asked: Asked): Promise<Told> => {
      const child = await take();
      try {
        return await ask(child, asked);
      } finally {
        give(child);
      }
    },
    stop: (): void => {
      for (const child of all) child.disconnect();
    },
  };
}

function ask(child: ChildProcess, asked: Asked): Promise<Told> {
  return new Promise((resolve, reject) => {
    const failed = (code: number | null): void =>
      reject(new Error(`a process that ran schedules from seed ${asked.from} ended with ${code}`));
    child.once("exit", failed);
    child.once("message", (told: Told) => {
      child.off("exit", failed);
      resolve(told);
    });
    child.send(asked);
  });
}
