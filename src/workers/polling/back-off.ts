const firstMs = 1000;
const longestMs = 300_000;

/** How long to wait after so many failures one after another; `random` from 0 to 1 spreads them. */
export const backOffMs = (failures: number, random: number): number =>
  Math.min(firstMs * 2 ** Math.max(0, failures - 1), longestMs) * (0.75 + random / 2);
