import { createHash } from "node:crypto";

const bytes = 6;

/** From 0 up to 1, evenly; the same for the same turn's seed and place in it. */
export const drawFraction = (seed: string, place: number): number =>
  createHash("sha256").update(`${seed}|${place}`).digest().readUIntBE(0, bytes) / 2 ** (8 * bytes);
