import type { LanePorts } from "#workers/lanes/ports.ts";

const mostTries = 60;
const longestPauseMs = 2000;

/** Repeats a write until the database takes it: what only this process knows must not be lost to a moment's outage. */
export async function insist<Answer>(
  { sleep }: Pick<LanePorts, "sleep">,
  write: () => Promise<Answer>,
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (tries >= mostTries) throw error;
      await sleep(Math.min(50 * 2 ** tries, longestPauseMs));
    }
  }
}
