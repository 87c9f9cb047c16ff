import { UsageError } from "#cli/failures.ts";
import { findBadMoves } from "#shared/bot/find-bad-moves.ts";
import type { Flow } from "#shared/bot/flow.ts";
import type { Move } from "#shared/models/bots.ts";

/** Where sessions of earlier versions go on: `OLD=NEW`, each a node's id. */
export function readMoves(flow: Flow, given: readonly string[] = []): readonly Move[] {
  const moves = given.map((text) => {
    const [from = "", to = "", ...more] = text.split("=");
    if (from === "" || to === "" || more.length > 0)
      throw new UsageError(`--move: "${text}" is not OLD=NEW, the ids of two nodes`);
    return { from, to };
  });
  const [bad] = findBadMoves(flow, moves);
  if (bad !== undefined) throw new UsageError(`--move ${bad.from}: ${bad.message}`);
  return moves;
}
