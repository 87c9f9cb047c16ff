import type { CrmAction } from "#shared/models/crm-actions.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { SweptLane } from "#workers/upkeep/sweep.ts";

type Items<Item extends CrmAction | Outgoing> = SweptLane<Item>["items"];
type Run = (lane: string) => Promise<unknown>;

/** The lanes of replies, by conversation. */
export const sweptReplies = (items: Items<Outgoing>, run: Run): SweptLane<Outgoing> => ({
  queue: "replies",
  items,
  laneOf: ({ conversationId }) => conversationId,
  lateSince: ({ createdAt }) => createdAt,
  run,
});

/** The lanes to outside systems: late is what nobody took up once its pause was over. */
export const sweptCrm = (items: Items<CrmAction>, run: Run): SweptLane<CrmAction> => ({
  queue: "crm",
  items,
  laneOf: ({ open = "" }) => open,
  lateSince: ({ createdAt, notBefore = createdAt }) =>
    notBefore > createdAt ? notBefore : createdAt,
  run,
});
