import type { Session } from "#shared/domain/session.ts";
import { botIdOf } from "#shared/models/bots.ts";
import type { LoadedFlow } from "#workers/conversation/ports.ts";

/**
 * A session in progress stays in its version, unless whoever published the one that counts now said
 * where it goes on. The wait stays the same, and so does its timer.
 */
export function moveSession(session: Session, starters: readonly LoadedFlow[]): Session {
  const botId = botIdOf(session.botVersionId);
  const to = starters.find(({ botVersionId }) => botIdOf(botVersionId) === botId);
  if (to === undefined || to.botVersionId === session.botVersionId) return session;
  const nodeId = to.moves?.get(session.nodeId ?? "");
  if (nodeId === undefined || to.flow.nodes.get(nodeId)?.waits !== true) return session;
  return { ...session, botVersionId: to.botVersionId, nodeId };
}
