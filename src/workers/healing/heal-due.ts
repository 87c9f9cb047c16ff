import { healChannel } from "#workers/healing/heal-channel.ts";
import { healedOf, type HealPorts } from "#workers/healing/ports.ts";

/** Heals what is due and no other worker heals, one after another: nobody waits for it, and others need the database. */
export async function healDue(ports: HealPorts, stopping: AbortSignal): Promise<void> {
  const all = ports.listChannels().flatMap((channel) => healedOf(ports, channel) ?? []);
  const ids = all.map(({ channel }) => channel._id);
  if (ids.length === 0) return;
  const healed = await ports.marks.listHealed(ids, new Date(ports.now()));
  for (const each of all) {
    if (stopping.aborted) return;
    if (healed.has(each.channel._id)) continue;
    await healChannel(ports, each, stopping).catch((error: unknown) =>
      ports.log.warn({ event: "heal.failed", channelId: each.channel._id, err: error }),
    );
  }
}
