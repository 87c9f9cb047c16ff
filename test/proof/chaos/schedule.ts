import { createRandom, shuffle } from "../../../src/simulators/random.ts";
import { zombieMs } from "./times.ts";

export type Role = "api" | "worker";
export type WireName = "redis" | "mongodb" | "provider";
export type Harm = "slow" | "cut" | "answers lost" | "frozen";

/** What the nemesis does, and to whom. */
export type Act =
  | {
      readonly kind: "kill";
      readonly target: `${Role} ${number}` | "redis";
      readonly awayMs: number;
    }
  | { readonly kind: "zombie"; readonly target: `${Role} ${number}`; readonly ms: number }
  | { readonly kind: "mongodb"; readonly awayMs: number }
  | { readonly kind: "flushall" }
  | { readonly kind: "aof cut"; readonly seconds: number }
  | { readonly kind: "wire"; readonly wire: WireName; readonly harm: Harm; readonly ms: number };

/** An act, done as soon as so many messages were acknowledged. */
export interface Strike {
  readonly at: number;
  readonly act: Act;
}

export interface Faults {
  readonly kills: number;
  readonly zombies: number;
  readonly mongodb: number;
  readonly flushes: number;
  readonly cuts: number;
  readonly wires: number;
}

export const processCounts: Readonly<Record<Role, number>> = { api: 2, worker: 3 };

/** The same for the same seed: every kind of process in turn, at random places of the load. */
export function buildSchedule(faults: Faults, messages: number, seed: number): readonly Strike[] {
  const random = createRandom(seed);
  const upTo = (most: number): number => Math.floor(random() * most);
  const one = (role: Role): `${Role} ${number}` => `${role} ${1 + upTo(processCounts[role])}`;
  const acts: readonly Act[] = [
    ...times(faults.kills, (index) => {
      const target = killedInTurn[index % killedInTurn.length] ?? "redis";
      return {
        kind: "kill",
        target: target === "redis" ? target : one(target),
        awayMs: upTo(1500),
      };
    }),
    ...times(faults.zombies, (index) => ({
      kind: "zombie",
      target: one(index % 3 === 2 ? "api" : "worker"),
      ms: zombieMs,
    })),
    ...times(faults.mongodb, () => ({ kind: "mongodb", awayMs: upTo(3000) })),
    ...times(faults.flushes, () => ({ kind: "flushall" })),
    ...times(faults.cuts, () => ({ kind: "aof cut", seconds: 1 })),
    ...times(faults.wires, (index) => {
      const { wire, harm } = wireHarms[index % wireHarms.length] ?? { wire: "redis", harm: "cut" };
      return { kind: "wire", wire, harm, ms: 1000 + upTo(1500) };
    }),
  ];
  const gap = (messages * 0.9) / (acts.length + 1);
  return shuffle(acts, random).map((act, index) => ({
    at: Math.round(messages * 0.03 + gap * (index + random() * 0.8)),
    act,
  }));
}

const times = (count: number, make: (index: number) => Act): readonly Act[] =>
  Array.from({ length: count }, (_, index) => make(index));

const killedInTurn: readonly (Role | "redis")[] = ["worker", "api", "redis", "worker"];

/** A provider's wire is never frozen: what would leave it after the claim is no fault of ours. */
const wireHarms: readonly { readonly wire: WireName; readonly harm: Harm }[] = [
  { wire: "provider", harm: "answers lost" },
  { wire: "mongodb", harm: "answers lost" },
  { wire: "redis", harm: "cut" },
  { wire: "mongodb", harm: "frozen" },
  { wire: "provider", harm: "cut" },
  { wire: "redis", harm: "frozen" },
  { wire: "mongodb", harm: "cut" },
  { wire: "redis", harm: "slow" },
  { wire: "provider", harm: "slow" },
  { wire: "redis", harm: "answers lost" },
  { wire: "mongodb", harm: "slow" },
];

/** One line for people. */
export function describeStrike({ at, act }: Strike): string {
  return `at message ${at}: ${describeAct(act)}`;
}

export function describeAct(act: Act): string {
  if (act.kind === "kill") return `SIGKILL ${act.target}, back after ${act.awayMs} ms`;
  if (act.kind === "zombie") return `SIGSTOP ${act.target} for ${act.ms} ms`;
  if (act.kind === "mongodb") return `SIGKILL MongoDB, back after ${act.awayMs} ms`;
  if (act.kind === "flushall") return "FLUSHALL";
  if (act.kind === "aof cut")
    return `SIGKILL redis, its append-only file cut back by ${act.seconds} s`;
  return `wire to ${act.wire} ${act.harm} for ${act.ms} ms`;
}
