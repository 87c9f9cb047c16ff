import { carryOut, type Wire } from "./driver.ts";

/** A wire on which nothing happens. */
export const plainWire: Wire = {
  read: async (_, run) => run(),
  write: async (_, operations) => operations.map(carryOut),
};
