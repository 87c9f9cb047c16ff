import { rankNumber } from "#shared/domain/outcome.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import { providerRefId, type ProviderRef } from "#shared/models/provider-refs.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";

export type SettlingPorts = Pick<
  LanePorts,
  "outgoing" | "providerRefs" | "now" | "tellSent" | "endAlert"
>;

export interface SentFacts {
  readonly outgoing: Pick<Outgoing, "_id" | "tenantId" | "channelId" | "state">;
  readonly attempt: number;
  readonly providerMessageId?: string;
}

/** First the provider's id, then `sent`: a receipt that came before is found there and applied. */
export async function recordSent(
  ports: SettlingPorts,
  { outgoing, attempt, providerMessageId }: SentFacts,
): Promise<void> {
  const { _id, tenantId, channelId, state } = outgoing;
  const earlier =
    providerMessageId === undefined
      ? undefined
      : await ports.providerRefs.recordSend(
          providerRefId(channelId, providerMessageId),
          _id,
          attempt,
        );
  // First, because nobody comes back to a send that is closed.
  await ports.tellSent(channelId, _id);
  await ports.outgoing.settleSent(_id, providerMessageId, new Date(ports.now()));
  if (earlier !== undefined) await applyRef(ports, earlier);
  if (state === "held") await ports.endAlert({ tenantId, ...heldAlert(_id) });
}

/** What a held send is called, by whoever holds it or settles it. */
export const heldAlert = (outgoingId: string) =>
  ({ kind: "send.held", subject: outgoingId }) as const;

/** Brings what receipts left in the reference to the send that it names. */
export async function applyRef(
  ports: Pick<LanePorts, "outgoing" | "now">,
  { outgoingId, attempt, rank, failed }: ProviderRef,
): Promise<void> {
  if (outgoingId === undefined) return;
  if (rank !== undefined && rank > rankNumber.queued)
    await ports.outgoing.raiseRank(outgoingId, rank);
  if (failed === undefined || attempt === undefined) return;
  const { code, reason, advice } = failed;
  const settledAt = new Date(ports.now());
  await ports.outgoing.failByReceipt(outgoingId, attempt, {
    state: "failed",
    settledAt,
    code,
    reason,
    advice,
  });
}
