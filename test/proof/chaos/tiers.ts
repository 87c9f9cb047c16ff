import type { Faults } from "./schedule.ts";

export const tierNames = ["small", "medium", "large"] as const;
export type TierName = (typeof tierNames)[number];

export interface Tier {
  readonly messages: number;
  readonly conversations: number;
  /** So many messages may wait for their replies: the backlog stays in bounds. */
  readonly inFlight: number;
  /** Without it, as fast as replies come. */
  readonly perSecond?: number;
  readonly faults: Faults;
  readonly logLevel: "info" | "warn";
}

export const tiers: Readonly<Record<TierName, Tier>> = {
  small: {
    messages: 5000,
    conversations: 200,
    inFlight: 1000,
    // Beside other tests of the same machine.
    perSecond: 150,
    faults: { kills: 5, zombies: 1, mongodb: 1, flushes: 1, cuts: 0, wires: 2 },
    logLevel: "info",
  },
  medium: {
    messages: 100_000,
    conversations: 1000,
    inFlight: 1500,
    faults: { kills: 20, zombies: 10, mongodb: 5, flushes: 2, cuts: 2, wires: 11 },
    logLevel: "info",
  },
  large: {
    messages: 1_000_000,
    conversations: 5000,
    inFlight: 1500,
    faults: { kills: 50, zombies: 20, mongodb: 10, flushes: 5, cuts: 5, wires: 33 },
    logLevel: "warn",
  },
};
