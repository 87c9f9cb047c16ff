import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import type { Action, Fault } from "./faults.ts";
import { crash, type Process } from "./processes.ts";
import type { JobQueue } from "./queue.ts";
import type { Scheduler } from "./scheduler.ts";
import { channel } from "./settings.ts";

export interface System {
  readonly scheduler: Scheduler;
  readonly queue: JobQueue;
  readonly workers: readonly Process[];
}

/** What strikes everybody; other faults leave the system alone. */
const strikes: Readonly<Partial<Record<Action, (system: System, fault: Fault) => void>>> = {
  "crash everything": ({ workers }) => [...workers].forEach(crash),
  "flush Redis": ({ queue }) => queue.flush(),
  "Redis away": ({ queue }, { draws }) => queue.goAway(draws.choose([30_000, 3000, 120_000])),
  "ghost key": ({ queue }, { draws }) =>
    queue.plantGhost(
      draws.choose(["conversations", "replies"] as const),
      conversationIdOf(channel._id, `chat${draws.pick(3)}`),
    ),
  "time passes": ({ scheduler }, { draws }) =>
    scheduler.skip(draws.choose([10_000, 600, 61_000, 130_000])),
};

export const strikeSystem = (system: System, fault: Fault): void =>
  strikes[fault.action]?.(system, fault);
