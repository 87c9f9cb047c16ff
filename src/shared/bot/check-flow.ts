import { findBadTimes } from "#shared/bot/find-bad-times.ts";
import { findLateSends } from "#shared/bot/find-late-sends.ts";
import { findMissingEdges } from "#shared/bot/find-missing-edges.ts";
import { findUnknownVariables } from "#shared/bot/find-unknown-variables.ts";
import { findUnreachable } from "#shared/bot/find-unreachable.ts";
import type { Fault } from "#shared/bot/flow-node.ts";
import { parseFlow } from "#shared/bot/flow.ts";
import type { ProviderLimits } from "#shared/bot/provider-limits.ts";
import { reviewSends } from "#shared/bot/review-sends.ts";

/**
 * Everything that is wrong with a flow document. With errors it does not run; warnings are looked
 * for once there are none. `limits`: of the providers that it is to run on.
 */
export const checkFlow = (
  document: unknown,
  limits: ProviderLimits = new Map(),
): readonly Fault[] => {
  const parsed = parseFlow(document);
  if ("errors" in parsed) return parsed.errors;
  const { flow } = parsed;
  return [
    ...findUnreachable(flow),
    ...findMissingEdges(flow),
    ...findBadTimes(flow),
    ...findUnknownVariables(flow),
    ...reviewSends(flow, limits),
    ...findLateSends(flow, limits),
  ];
};
