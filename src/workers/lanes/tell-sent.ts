import { isMark } from "#shared/domain/command.ts";
import type { Subscription } from "#shared/domain/crm.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";

interface TellDeps extends Pick<LanePorts, "findChannel" | "journalOwn" | "now"> {
  readonly outgoing: Pick<Models["outgoing"], "read">;
  readonly subscriptionsOf: (tenantId: string) => readonly Subscription[];
}

/** A journal entry says that a send was taken: the turn that reads it tells it in order. Once, by its id. */
export async function tellSent(
  deps: TellDeps,
  channelId: string,
  outgoingId: string,
): Promise<void> {
  const channel = await deps.findChannel(channelId);
  if (channel === undefined) return;
  const wanted = deps.subscriptionsOf(channel.tenantId);
  if (!wanted.some(({ events }) => events.includes("message.sent"))) return;
  const outgoing = await deps.outgoing.read(outgoingId);
  if (outgoing === undefined || isMark(outgoing.command)) return;
  const { conversationId, peer: chatId, command, origin, by } = outgoing;
  await deps.journalOwn(channel, `${conversationId}|sent|${outgoingId}`, {
    kind: "sent",
    chatId,
    outgoingId,
    command,
    origin,
    ...(by === undefined ? {} : { by }),
    at: new Date(deps.now()).toISOString(),
  });
}
