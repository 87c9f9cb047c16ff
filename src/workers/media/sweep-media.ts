import type { MediaFile } from "#shared/models/media.ts";
import { removeMedia } from "#shared/models/remove-media.ts";
import type { MediaPorts } from "#workers/media/ports.ts";

const dueAtOnce = 200;
/** By then its job has begun, and says when it is due next. */
const wokenForMs = 30_000;

/**
 * Wakes what waits for its next attempt and has no job, and removes what was kept for long enough.
 * Nothing is fetched here, where others wait: without Redis a file waits.
 */
export async function sweepMedia(ports: MediaPorts): Promise<void> {
  const due = await ports.media.readDue(new Date(ports.now()), dueAtOnce);
  for (const file of due) {
    const isAwaited = file.state === "waiting" && file.from !== undefined;
    await (isAwaited ? wakeUp(ports, file) : removeMedia(ports, file));
  }
}

async function wakeUp(ports: MediaPorts, file: MediaFile): Promise<void> {
  await ports.removeGhost(file._id);
  if (!(await ports.wake("media", file._id))) return;
  await ports.media.pushSweep(file._id, file, new Date(ports.now() + wokenForMs));
}
