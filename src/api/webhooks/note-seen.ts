import type { Background } from "#api/background.ts";
import type { Models } from "#shared/models/open-models.ts";

interface Seen {
  readonly channel: { readonly _id: string };
  readonly proven?: boolean;
}

/** Remembers beside the answer that a channel is heard, for its doctor. */
export type NoteSeen = (targets: readonly Seen[]) => void;

const everyMs = 60_000;

export function createNoteSeen(
  { channelMarks }: Pick<Models, "channelMarks">,
  background: Background,
): NoteSeen {
  const notedAt = new Map<string, number>();
  const note = ({ channel: { _id }, proven = false }: Seen): void => {
    const key = `${_id}|${proven}`;
    const now = Date.now();
    if (now - (notedAt.get(key) ?? 0) < everyMs) return;
    notedAt.set(key, now);
    background.run("seen", () => channelMarks.noteWebhook(_id, new Date(now), proven));
  };
  return (targets) => {
    for (const target of targets) note(target);
  };
}
