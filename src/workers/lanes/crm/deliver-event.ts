import type { Delivered } from "#shared/crm/connector.ts";
import type { CrmWork } from "#shared/domain/crm.ts";
import type { OpenConnection } from "#shared/models/connection-directory.ts";
import { webhookIdOf, type CrmAction } from "#shared/models/crm-actions.ts";
import type { Claim } from "#shared/models/lane-items.ts";
import { isRunOut, lostClaim, takeClaim } from "#workers/lanes/claim.ts";
import type { CrmPorts } from "#workers/lanes/crm/ports.ts";
import { settleDelivery } from "#workers/lanes/crm/settle-delivery.ts";
import { closedBy, type LaneStep } from "#workers/lanes/step.ts";

type EventWork = Extract<CrmWork, { kind: "event" }>;

/** claim → deliver → settle; what nobody wants any more is canceled. */
export async function deliverEvent(
  ports: CrmPorts,
  action: CrmAction,
  work: EventWork,
): Promise<LaneStep> {
  const connection = await ports.findConnection(work.connectionId);
  if (connection?.active !== true) return cancel(ports, action);
  const claim = await takeClaim(ports, ports.actions, action);
  if (claim === undefined) return lostClaim;
  const delivered = await deliver(ports, { action, work, connection, claim });
  return settleDelivery(ports, { action, connection, claim, delivered });
}

interface Delivery {
  readonly action: CrmAction;
  readonly work: EventWork;
  readonly connection: OpenConnection;
  readonly claim: Claim;
}

async function deliver(
  ports: CrmPorts,
  { action, work, connection, claim }: Delivery,
): Promise<Delivered> {
  const connector = ports.findConnector(connection.connector);
  if (connector === undefined)
    return { kind: "failed", reason: `there is no connector ${connection.connector}` };
  if (isRunOut(ports, claim))
    return { kind: "failed", reason: "the claim ran out before the call" };
  const now = ports.now();
  return connector.deliver({
    http: ports.http,
    url: connection.url,
    guarded: !ports.isTrusted(connection.url),
    secrets: validSecrets(connection, now),
    id: webhookIdOf(action),
    event: work.event,
    now,
    signal: AbortSignal.timeout(ports.settings.sendTimeoutMs),
  });
}

const validSecrets = ({ secrets }: OpenConnection, now: number): readonly string[] =>
  secrets
    .filter(({ until }) => until === undefined || until.getTime() > now)
    .map(({ secret }) => secret);

async function cancel(ports: CrmPorts, { _id, attempt }: CrmAction): Promise<LaneStep> {
  const at = new Date(ports.now());
  const reason = "the connection is switched off: redeliver it when it is on again";
  const of = { states: ["queued"], attempt } as const;
  return closedBy(await ports.actions.settle(_id, of, { state: "canceled", at, reason }));
}
