import { placeOf, readSelfTimes, type CpuProfile } from "./cpu-profile.ts";
import { round } from "./percentiles.ts";

/** Self time in percent of the time that the process was busy. */
export interface ProfileSummary {
  readonly busyMs: number;
  readonly idleMs: number;
  readonly functions: readonly Share[];
  /** By package, `src/<layer>` or Node's own. */
  readonly parts: readonly Share[];
}

interface Share {
  readonly name: string;
  readonly percent: number;
}

const mostFunctions = 25;
const mostParts = 20;

export function summarizeProfile(profile: CpuProfile): ProfileSummary {
  const { busyUs, idleUs } = readSelfTimes(profile);
  const functions = new Map<string, number>();
  const parts = new Map<string, number>();
  for (const { id, callFrame } of profile.nodes) {
    const us = busyUs.get(id) ?? 0;
    const place = placeOf(callFrame);
    add(functions, nameOf(callFrame.functionName, place), us);
    add(parts, place === "" ? callFrame.functionName || "native" : partOf(place), us);
  }
  const busy = busyUs.values().reduce((sum, us) => sum + us, 0);
  return {
    busyMs: round(busy / 1000),
    idleMs: round(idleUs / 1000),
    functions: sharesOf(functions, busy).slice(0, mostFunctions),
    parts: sharesOf(parts, busy).slice(0, mostParts),
  };
}

const add = (times: Map<string, number>, name: string, us: number): void => {
  if (us > 0) times.set(name, (times.get(name) ?? 0) + us);
};

const nameOf = (name: string, place: string): string =>
  place === "" ? name || "(native)" : `${name || "(anonymous)"} ${place}`;

function partOf(place: string): string {
  const path = place.replace(/:\d+$/, "").split("/");
  if (place.startsWith("src/")) return path.slice(0, 3).join("/");
  const isDeeper = place.startsWith("node:") || place.startsWith("@");
  return path.slice(0, isDeeper ? 2 : 1).join("/");
}

const sharesOf = (times: ReadonlyMap<string, number>, whole: number): readonly Share[] =>
  [...times]
    .map(([name, us]) => ({ name, percent: round((us * 100) / whole, 1) }))
    .toSorted((a, b) => b.percent - a.percent);
