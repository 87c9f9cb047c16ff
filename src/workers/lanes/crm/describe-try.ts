import type { Try } from "#shared/models/crm-actions.ts";
import type { Claim } from "#shared/models/lane-items.ts";
import type { CrmPorts } from "#workers/lanes/crm/ports.ts";

interface Ended {
  readonly kind: string;
  readonly status?: number;
  readonly reason?: string;
}

/** One attempt that has ended, as the delivery log shows it. */
export function describeTry(
  { now }: CrmPorts,
  { claimedAt }: Claim,
  { kind: outcome, status, reason }: Ended,
): Try {
  return {
    at: claimedAt,
    ms: now() - claimedAt.getTime(),
    outcome,
    ...(status === undefined ? {} : { status }),
    ...(reason === undefined ? {} : { reason }),
  };
}
