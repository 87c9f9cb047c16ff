import { findBadTimes } from "#shared/bot/find-bad-times.ts";
import { findMissingEdges } from "#shared/bot/find-missing-edges.ts";
import { findUnknownVariables } from "#shared/bot/find-unknown-variables.ts";
import { findUnreachable } from "#shared/bot/find-unreachable.ts";
import type { Fault } from "#shared/bot/flow-node.ts";
import { parseFlow } from "#shared/bot/flow.ts";
import { reviewSends, type Reviews } from "#shared/bot/review-sends.ts";

/**
 * Everything that is wrong with a flow document. With errors it does not run; warnings are looked
 * for once there are none. `reviews`: by provider, what becomes of a command that it cannot take as it is.
 */
export const checkFlow = (document: unknown, reviews: Reviews = new Map()): readonly Fault[] => {
  const parsed = parseFlow(document);
  if ("errors" in parsed) return parsed.errors;
  const { flow } = parsed;
  return [
    ...findUnreachable(flow),
    ...findMissingEdges(flow),
    ...findBadTimes(flow),
    ...findUnknownVariables(flow),
    ...reviewSends(flow, reviews),
  ];
};
