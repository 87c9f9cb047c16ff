import type { Flow } from "#shared/bot/flow.ts";

/** Nodes at which no session can go on: they are not there, or wait for nothing. */
export const findBadMoves = (
  { nodes }: Flow,
  moves: readonly { readonly from: string; readonly to: string }[],
): readonly { readonly from: string; readonly message: string }[] =>
  moves.flatMap(({ from, to }) => {
    const node = nodes.get(to);
    if (node === undefined) return [{ from, message: `the new version has no node "${to}"` }];
    return node.waits ? [] : [{ from, message: `no session can wait at the node "${to}"` }];
  });
