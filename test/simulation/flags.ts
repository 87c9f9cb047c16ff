import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Schedule } from "./schedule.ts";

export interface Flags {
  readonly seed: number;
  readonly schedules: number;
  readonly processes: number;
  /** One rule taken away, by its name. */
  readonly mutant?: string;
  /** One schedule, told step by step. */
  readonly schedule?: Schedule;
}

const numbers = z.array(z.number().int().min(0));
const scheduleSchema = z.object({
  shape: numbers,
  messages: z.array(numbers),
  faults: z.array(numbers),
  order: numbers,
});

/** Throws on what it does not know. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "1" },
      schedules: { type: "string", default: "1000000" },
      processes: { type: "string", default: String(availableParallelism()) },
      mutant: { type: "string" },
      schedule: { type: "string" },
    },
  });
  const { mutant, schedule } = values;
  return {
    seed: whole("--seed", values.seed),
    schedules: whole("--schedules", values.schedules),
    processes: whole("--processes", values.processes),
    ...(mutant === undefined ? {} : { mutant }),
    ...(schedule === undefined ? {} : { schedule: scheduleSchema.parse(JSON.parse(schedule)) }),
  };
}

function whole(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${flag} ${text}: a whole number`);
  return value;
}
