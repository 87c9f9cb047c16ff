import { z } from "zod";

/** A .cpuprofile as V8 writes it, as far as it is needed. */
export const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).exactOptional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.infer<typeof cpuProfile>;
type CallFrame = CpuProfile["nodes"][number]["callFrame"];

/** Microseconds that each node was busy itself, and that the process was idle. */
export function readSelfTimes({ nodes, samples, timeDeltas }: CpuProfile) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const busyUs = new Map<number, number>();
  let idleUs = 0;
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id);
    const us = timeDeltas[index] ?? 0;
    if (frame === undefined || isProfiler(frame)) continue;
    if (frame.functionName === "(idle)") idleUs += us;
    else busyUs.set(id, (busyUs.get(id) ?? 0) + us);
  }
  return { busyUs, idleUs };
}

/** Beginning and ending a profile takes a moment of its own. */
const isProfiler = ({ url }: CallFrame): boolean => url.startsWith("node:inspector");

/** File and line, from `src/` or the package's name on; empty for what is no JavaScript. */
export function placeOf({ url, lineNumber }: CallFrame): string {
  const path = shortPath(url);
  return path === "" ? "" : `${path}:${lineNumber + 1}`;
}

/** Where the checkout lies is nobody's business. */
function shortPath(url: string): string {
  const inPackage = url.lastIndexOf("/node_modules/");
  if (inPackage >= 0) return url.slice(inPackage + "/node_modules/".length);
  const inSource = url.search(/\/(src|test)\//);
  return inSource >= 0 ? url.slice(inSource + 1) : url;
}
