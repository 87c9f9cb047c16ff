import type { Session } from "#shared/domain/session.ts";

/** The session without a place: the next message begins anew. */
export const endSession = ({ botVersionId, variables }: Session): Session => ({
  botVersionId,
  variables,
});
