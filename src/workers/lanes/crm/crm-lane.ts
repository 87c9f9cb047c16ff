import type { CrmAction } from "#shared/models/crm-actions.ts";
import { longestDelayMs } from "#shared/queues/queues.ts";
import { callForScenario, reconcileRequest } from "#workers/lanes/crm/call-for-scenario.ts";
import { deliverEvent } from "#workers/lanes/crm/deliver-event.ts";
import type { CrmPorts } from "#workers/lanes/crm/ports.ts";
import type { Lane } from "#workers/lanes/run-lane.ts";
import { waitFor, type LaneStep } from "#workers/lanes/step.ts";

/** A conversation's lane to one outside system; its id is what open actions carry. */
export const crmLane = (ports: CrmPorts): Lane<CrmAction> => ({
  now: ports.now,
  reconcileEveryMs: ports.settings.reconcileEveryMs,
  readOpen: ports.actions.readOpen,
  markUnknown: ports.actions.markUnknown,
  send: (action) =>
    action.work.kind === "event"
      ? deliverEvent(ports, action, action.work)
      : callForScenario(ports, action, action.work),
  reconcile: (action) =>
    action.work.kind === "event"
      ? deliverAgain(ports, action)
      : reconcileRequest(ports, action, action.work),
  rest: async (id, ms) => {
    if (ms <= longestDelayMs) return { kind: "delay", ms };
    // For hours: no job waits, the sweeper comes back.
    await ports.actions.restLane(id, new Date(ports.now() + ms));
    return { kind: "done" };
  },
});

/** Whoever delivered it died: the receiver knows a repeat by its id. */
async function deliverAgain(ports: CrmPorts, { _id, attempt }: CrmAction): Promise<LaneStep> {
  const reason = "it is not known whether it arrived: delivered again";
  const of = { states: ["unknown"], attempt } as const;
  await ports.actions.requeue(_id, of, new Date(ports.now()), reason);
  return waitFor(0);
}
