import type { Wake } from "../../src/shared/queues/wake.ts";
import { tellFault } from "./faults.ts";
import { crash, deliver, type Process } from "./processes.ts";
import type { JobQueue } from "./queue.ts";
import type { WireDeps } from "./wire.ts";

/** One process's wakes: each a command to the simulated Redis. */
export const wakeFrom =
  (deps: WireDeps, queue: Pick<JobQueue, "add">, process: Process): Wake =>
  (name, id, delayMs = 0, beside) =>
    new Promise((resolve) =>
      deps.scheduler.soon({
        what: () => `${process.name} wakes ${name} ${id} after ${delayMs} ms`,
        run: () => {
          const fault = process.state === "dead" ? undefined : deps.faults.strike("wake");
          if (fault !== undefined) {
            tellFault(deps.scheduler, fault, process);
            if (fault.action === "crash") crash(process);
            else if (fault.action === "freeze") deps.freeze(process, fault);
            else deps.strikeSystem(fault);
          }
          const isLost = fault?.action === "refuse" || process.state === "dead";
          const isTaken = !isLost && queue.add(name, id, delayMs, beside);
          deliver(process, () => resolve(isTaken && fault?.action !== "lose the answer"));
        },
      }),
    );
