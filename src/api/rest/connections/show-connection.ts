import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import { crmEventTypes } from "#shared/domain/crm.ts";
import type { Connection } from "#shared/models/connections.ts";
import { webhookIdOf, type CrmAction } from "#shared/models/crm-actions.ts";

export const connectionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    connector: z.string(),
    url: z.string(),
    events: z.array(z.enum(crmEventTypes)),
    is_active: z.boolean(),
    failing_since: dateField.nullable().meta({ description: "Every delivery failed since then" }),
    disabled_reason: z.string().nullable(),
    old_secret_until: dateField
      .nullable()
      .meta({ description: "After a rotation: deliveries carry both signatures until then" }),
    created_at: dateField,
    updated_at: dateField,
  })
  .meta({ id: "Connection" });

/** Everything but the secrets. */
export const showConnection = (connection: Connection): z.input<typeof connectionSchema> => ({
  id: connection._id,
  name: connection.name,
  connector: connection.connector,
  url: connection.url,
  events: [...connection.events],
  is_active: connection.active,
  failing_since: connection.failingSince?.toISOString() ?? null,
  disabled_reason: connection.disabledReason ?? null,
  old_secret_until:
    connection.secrets.find(({ until }) => until !== undefined)?.until?.toISOString() ?? null,
  created_at: connection.createdAt.toISOString(),
  updated_at: connection.updatedAt.toISOString(),
});

export const deliveryStates = [
  "queued",
  "sending",
  "unknown",
  "sent",
  "failed",
  "canceled",
] as const;

export const deliverySchema = z
  .object({
    id: z.string(),
    webhook_id: z.string().meta({ description: "The same in every attempt" }),
    type: z.string(),
    conversation_id: z.string(),
    state: z.string().meta({ description: deliveryStates.join(", ") }),
    reason: z.string().nullable(),
    next_attempt_at: dateField.nullable(),
    attempts: z.array(
      z.object({
        at: dateField,
        ms: z.number(),
        outcome: z.string(),
        status: z.number().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    created_at: dateField,
    settled_at: dateField.nullable(),
  })
  .meta({ id: "Delivery" });

/** One line of the delivery log: what became of an event, not what it told. */
export const showDelivery = (action: CrmAction): z.input<typeof deliverySchema> => ({
  id: action._id,
  webhook_id: webhookIdOf(action),
  type: action.type,
  conversation_id: action.conversationId,
  state: action.state,
  reason: action.reason ?? null,
  next_attempt_at: action.notBefore?.toISOString() ?? null,
  attempts: Object.values(action.tries).map(({ at, ms, outcome, status, reason }) => ({
    at: at.toISOString(),
    ms,
    outcome,
    status: status ?? null,
    reason: reason ?? null,
  })),
  created_at: action.createdAt.toISOString(),
  settled_at: action.settledAt?.toISOString() ?? null,
});
