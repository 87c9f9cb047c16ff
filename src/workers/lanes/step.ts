/** `closed`: the next send of the lane may go. `wait`: this one still holds it. */
export type LaneStep = { readonly kind: "closed" } | { readonly kind: "wait"; readonly ms: number };

export const closed: LaneStep = { kind: "closed" };
export const waitFor = (ms: number): LaneStep => ({ kind: "wait", ms });
