import type { FlowsHere } from "#shared/bot/decide-flow.ts";
import type { Session } from "#shared/domain/session.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { botIdsOf } from "#shared/models/channels.ts";
import { moveSession } from "#workers/conversation/move-session.ts";
import type { DrainPorts, LoadedFlow } from "#workers/conversation/ports.ts";

export interface FlowsOf {
  readonly channel: OpenChannel;
  readonly conversationId: string;
  readonly session: Session | undefined;
}

/** What may start here, and where the session stands: in its own version, or where it was moved to. */
export async function loadFlows(
  ports: Pick<DrainPorts, "loadFlow">,
  { channel, conversationId, session }: FlowsOf,
): Promise<{ flows: FlowsHere<LoadedFlow>; session?: Session }> {
  const asked = botIdsOf(channel).map((botId) => ports.loadFlow({ botId, conversationId }));
  const starters = (await Promise.all(asked)).filter((loaded) => loaded !== undefined);
  if (session === undefined) return { flows: { starters } };
  if (session.nodeId === undefined || starters.length === 0)
    return { flows: { starters }, session };
  const moved = moveSession(session, starters);
  const { botVersionId } = moved;
  const running =
    starters.find((loaded) => loaded.botVersionId === botVersionId) ??
    (await ports.loadFlow({ botVersionId })) ??
    starters[0];
  return { flows: { starters, ...(running && { running }) }, session: moved };
}
