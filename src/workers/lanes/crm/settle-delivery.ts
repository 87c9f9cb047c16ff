import type { Delivered } from "#shared/crm/connector.ts";
import type { OpenConnection } from "#shared/models/connection-directory.ts";
import type { CrmAction, Try } from "#shared/models/crm-actions.ts";
import type { Claim } from "#shared/models/lane-items.ts";
import { ownAttempt } from "#workers/lanes/claim.ts";
import { describeTry } from "#workers/lanes/crm/describe-try.ts";
import type { CrmPorts } from "#workers/lanes/crm/ports.ts";
import { insist } from "#workers/lanes/insist.ts";
import { closed, closedBy, waitFor, type LaneStep } from "#workers/lanes/step.ts";

export interface Settling {
  readonly action: CrmAction;
  readonly connection: OpenConnection;
  readonly claim: Claim;
  readonly delivered: Delivered;
}

/** Writes what one delivery brought: taken, later again by the schedule, or given up. */
export async function settleDelivery(ports: CrmPorts, settling: Settling): Promise<LaneStep> {
  const { action, connection, claim, delivered } = settling;
  const tried = describeTry(ports, claim, delivered);
  ports.count(connection.connector, delivered.kind);
  tellTry(ports, settling, tried);
  const of = ownAttempt(claim);
  if (delivered.kind === "taken") {
    const at = new Date(ports.now());
    await insist(ports, () => ports.actions.settle(action._id, of, { state: "sent", at }, tried));
    if (connection.failingSince !== undefined)
      await ports.recoverConnection(connection.tenantId, connection._id, at);
    return closed;
  }
  await noteFailure(ports, connection, delivered);
  return retryOrGiveUp(ports, settling, tried);
}

async function retryOrGiveUp(
  ports: CrmPorts,
  { action, claim, delivered }: Settling,
  tried: Try,
): Promise<LaneStep> {
  const now = ports.now();
  const pauseMs = ports.settings.retryMs[claim.attempt - action.base - 1];
  const reason = tried.reason ?? "";
  if (pauseMs === undefined) {
    await raise(
      ports,
      action,
      "delivery.failed",
      `An event was given up after its last attempt: ${reason}`,
    );
    const closing = { state: "failed", at: new Date(now), reason } as const;
    return closedBy(
      await insist(ports, () =>
        ports.actions.settle(action._id, ownAttempt(claim), closing, tried),
      ),
    );
  }
  const wantedMs = delivered.kind === "failed" ? (delivered.retryAfterMs ?? 0) : 0;
  const ms = Math.max(pauseMs * (1 + ports.random() / 10), Math.min(wantedMs, longestAskedMs));
  const notBefore = new Date(now + Math.ceil(ms));
  await insist(ports, () => ports.actions.retry(action._id, ownAttempt(claim), notBefore, tried));
  return waitFor(ms);
}

/** A receiver may ask for a pause, but not for a year. */
const longestAskedMs = 86_400_000;

/** A receiver that is gone, or has failed for days, is asked no more; a person is told. */
async function noteFailure(
  ports: CrmPorts,
  { tenantId, _id, name }: OpenConnection,
  { kind, reason }: Exclude<Delivered, { kind: "taken" }>,
): Promise<void> {
  const now = new Date(ports.now());
  const since = await insist(ports, () => ports.failConnection(tenantId, _id, now));
  const isSpent = now.getTime() - since.getTime() >= ports.settings.disableAfterMs;
  if (kind !== "gone" && !isSpent) return;
  const why = kind === "gone" ? reason : `every delivery failed since ${since.toISOString()}`;
  const text = `The connection "${name}" was switched off: ${why}. Mend the receiver, switch the connection on again and redeliver what it missed.`;
  // First, because nobody comes back to a connection that is off.
  await insist(ports, () =>
    ports.raiseAlert({ tenantId, channelId: "", kind: "connection.disabled", subject: _id, text }),
  );
  await insist(ports, () => ports.disableConnection(tenantId, _id, why, now));
}

const raise = (
  ports: CrmPorts,
  { tenantId, channelId, _id }: CrmAction,
  kind: string,
  text: string,
): Promise<unknown> =>
  insist(ports, () => ports.raiseAlert({ tenantId, channelId, kind, subject: _id, text }));

/** Neither the address nor what was told: both may name people. */
function tellTry({ log }: CrmPorts, { action, connection, claim }: Settling, tried: Try): void {
  const { _id, type } = action;
  const { at: _, ...facts } = tried;
  const level = tried.outcome === "taken" ? "info" : "warn";
  log[level]({
    event: "delivery.attempted",
    actionId: _id,
    connectionId: connection._id,
    type,
    attempt: claim.attempt,
    ...facts,
  });
}
