import { z } from "zod";
import { invalid } from "#api/rest/problem.ts";
import { findBadMoves } from "#shared/bot/find-bad-moves.ts";
import { parseFlow } from "#shared/bot/flow.ts";
import type { Publication } from "#shared/models/bots.ts";

export const percentField = z.number().min(0).max(100);

const nodeField = z.string().min(1).max(300);

export const publishing = z.strictObject({
  move_sessions: z.record(nodeField, nodeField).exactOptional().meta({
    description:
      "Node of an earlier version → node of the new one: who waits there goes on here, others end on their version",
  }),
  canary_percent: percentField.exactOptional().meta({
    description: "Tries the version out on that share of the conversations",
  }),
});

/** Throws, naming the node, where a session could not go on. */
export function readPublication(flow: unknown, given: z.output<typeof publishing>): Publication {
  const { move_sessions: wanted, canary_percent: canaryPercent } = given;
  const moves = Object.entries(wanted ?? {}).map(([from, to]) => ({ from, to }));
  const parsed = parseFlow(flow);
  const faults = "flow" in parsed ? findBadMoves(parsed.flow, moves) : [];
  if (faults.length > 0)
    throw invalid(faults.map(({ from, message }) => ({ field: `move_sessions.${from}`, message })));
  return {
    ...(moves.length === 0 ? {} : { moves }),
    ...(canaryPercent === undefined ? {} : { canaryPercent }),
  };
}
