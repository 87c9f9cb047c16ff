import type { Outgoing } from "#shared/models/outgoing.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { reconcileUnknown } from "#workers/lanes/reconcile.ts";
import type { Lane } from "#workers/lanes/run-lane.ts";
import { sendQueued } from "#workers/lanes/send-queued.ts";

/** The lane of a conversation's replies; its id is the conversation's. */
export const repliesLane = (ports: LanePorts): Lane<Outgoing> => ({
  now: ports.now,
  reconcileEveryMs: ports.settings.reconcileEveryMs,
  readOpen: (id, limit) => ports.outgoing.readOpen(id, "replies", limit),
  markUnknown: ports.outgoing.markUnknown,
  send: (outgoing) => sendQueued(ports, outgoing),
  reconcile: (outgoing, signal) => reconcileUnknown(ports, outgoing, signal),
  rest: (_, ms) => Promise.resolve({ kind: "delay", ms }),
});
