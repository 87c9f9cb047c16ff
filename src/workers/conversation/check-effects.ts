import type { Effect } from "#shared/domain/conversation.ts";

const mostEffects = 100;
/** The conversation's document carries its effects until they are flushed. */
const mostBytes = 1024 * 1024;

/**
 * Throws on effects that the database could not hold: before the commit that is the turn's fault. How many
 * outside systems listen is not: `all` is what the turn asked for with what they are told of it.
 */
export function checkEffects(asked: readonly Effect[], all: readonly Effect[] = asked): void {
  if (asked.length > mostEffects)
    throw new Error(`a turn asked for ${asked.length} effects, ${mostEffects} at most`);
  const bytes = Buffer.byteLength(JSON.stringify(all));
  if (bytes > mostBytes)
    throw new Error(`a turn's effects have ${bytes} bytes, ${mostBytes} at most`);
}
