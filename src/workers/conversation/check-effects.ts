import type { Effect } from "#shared/domain/conversation.ts";

const mostEffects = 100;
/** The conversation's document carries its effects until they are flushed. */
const mostBytes = 1024 * 1024;

/** Throws on effects that the database could not hold: before the commit that is the turn's fault. */
export function checkEffects(effects: readonly Effect[]): void {
  if (effects.length > mostEffects)
    throw new Error(`a turn asked for ${effects.length} effects, ${mostEffects} at most`);
  const bytes = Buffer.byteLength(JSON.stringify(effects));
  if (bytes > mostBytes)
    throw new Error(`a turn's effects have ${bytes} bytes, ${mostBytes} at most`);
}
