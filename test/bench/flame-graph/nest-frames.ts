import { placeOf, readSelfTimes, type CpuProfile } from "../cpu-profile.ts";

/** A function as it was called from the frame above it, with all that it called. */
export interface Frame {
  readonly name: string;
  /** File and line; empty for what is no JavaScript. */
  readonly place: string;
  readonly selfUs: number;
  readonly totalUs: number;
  /** The heaviest first. */
  readonly children: readonly Frame[];
}

/** The calls of a profile as one tree, without the time that the process was idle. */
export function nestFrames(profile: CpuProfile): Frame {
  const { busyUs } = readSelfTimes(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  // V8 keeps a function that it compiled anew apart from what it was before.
  const nest = (ids: readonly number[]): readonly Frame[] =>
    Map.groupBy(
      ids.flatMap((id) => nodes.get(id) ?? []),
      ({ callFrame }) => `${callFrame.functionName} ${placeOf(callFrame)}`,
    )
      .values()
      .flatMap(([first, ...others]) => {
        if (first === undefined) return [];
        const same = [first, ...others];
        const children = nest(same.flatMap(({ children: below = [] }) => below));
        const selfUs = sum(same.map(({ id }) => busyUs.get(id) ?? 0));
        const totalUs = selfUs + sum(children.map((child) => child.totalUs));
        const name = first.callFrame.functionName || "(anonymous)";
        return [{ name, place: placeOf(first.callFrame), selfUs, totalUs, children }];
      })
      .filter(({ totalUs }) => totalUs > 0)
      .toArray()
      .toSorted((a, b) => b.totalUs - a.totalUs);
  const called = new Set(profile.nodes.flatMap(({ children = [] }) => children));
  const tops = nest(profile.nodes.map(({ id }) => id).filter((id) => !called.has(id)));
  const [only, ...others] = tops;
  if (only !== undefined && others.length === 0) return only;
  const totalUs = sum(tops.map((top) => top.totalUs));
  return { name: "(root)", place: "", selfUs: 0, totalUs, children: tops };
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
