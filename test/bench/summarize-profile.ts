import { z } from "zod";
import { round } from "./percentiles.ts";

/** A .cpuprofile as V8 writes it, as far as it is needed. */
export const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

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

export function summarizeProfile(profile: z.infer<typeof cpuProfile>): ProfileSummary {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const parts = new Map<string, number>();
  let idle = 0;
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    const time = profile.timeDeltas[index] ?? 0;
    if (frame === undefined) continue;
    if (isProfiler(frame.url)) continue;
    if (frame.functionName === "(idle)") {
      idle += time;
      continue;
    }
    busy += time;
    const place = shortPath(frame.url);
    add(functions, nameOf(frame.functionName, place, frame.lineNumber), time);
    add(parts, place === "" ? frame.functionName || "native" : partOf(place), time);
  }
  return {
    busyMs: round(busy / 1000),
    idleMs: round(idle / 1000),
    functions: sharesOf(functions, busy).slice(0, mostFunctions),
    parts: sharesOf(parts, busy).slice(0, mostParts),
  };
}

/** Beginning and ending a profile takes a moment of its own. */
const isProfiler = (url: string): boolean => url.startsWith("node:inspector");

const add = (times: Map<string, number>, name: string, time: number): void => {
  times.set(name, (times.get(name) ?? 0) + time);
};

const nameOf = (name: string, place: string, line: number): string =>
  place === "" ? name || "(native)" : `${name || "(anonymous)"} ${place}:${line + 1}`;

/** From `src/` or the package's name on: where the checkout lies is nobody's business. */
function shortPath(url: string): string {
  const inPackage = url.lastIndexOf("/node_modules/");
  if (inPackage >= 0) return url.slice(inPackage + "/node_modules/".length);
  const inSource = url.search(/\/(src|test)\//);
  return inSource >= 0 ? url.slice(inSource + 1) : url;
}

function partOf(place: string): string {
  if (place.startsWith("node:")) return place.split("/").slice(0, 2).join("/");
  const depth = place.startsWith("@") ? 2 : 1;
  return place
    .split("/")
    .slice(0, place.startsWith("src/") ? 3 : depth)
    .join("/");
}

const sharesOf = (times: ReadonlyMap<string, number>, whole: number): readonly Share[] =>
  [...times]
    .map(([name, time]) => ({ name, percent: round((time * 100) / whole, 1) }))
    .toSorted((a, b) => b.percent - a.percent);
