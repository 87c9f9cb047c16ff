import { advance } from "../../src/shared/bot/advance.ts";
import type { Flow } from "../../src/shared/bot/flow.ts";

const warmUp = 3000;
const turns = 20_000;
const firstTurnAt = Date.UTC(2026, 0, 1);

/** CPU in µs of one turn of the engine by itself, without what surrounds it in a worker. */
export function timeAdvance(flow: Flow): number {
  advanceMany(flow, warmUp);
  const before = process.cpuUsage();
  advanceMany(flow, turns);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / turns;
}

function advanceMany(flow: Flow, count: number): void {
  for (let turn = 0; turn < count; turn += 1)
    advance({
      flow,
      botVersionId: "bot|1",
      input: { kind: "start", text: `m${turn}`, messageType: "text" },
      contact: {},
      newWaitId: "wait",
      now: firstTurnAt + turn * 1000,
      seed: `commit ${turn}`,
    });
}
