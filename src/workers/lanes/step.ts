import type { Written } from "#shared/models/batches.ts";

/** `closed`: the next send of the lane may go. `wait`: this one still holds it. */
export type LaneStep = { readonly kind: "closed" } | { readonly kind: "wait"; readonly ms: number };

export const closed: LaneStep = { kind: "closed" };
export const waitFor = (ms: number): LaneStep => ({ kind: "wait", ms });

/** Somebody else was first: what became of the send is to be looked at, before the next one may go. */
export const closedBy = (written: Written): LaneStep =>
  written === "missed" ? waitFor(0) : closed;
