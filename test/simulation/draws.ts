/** Reads decisions from a list of whole numbers; where the list ends, every decision is the first. */
export interface Draws {
  /** One of `count` ways; 0 is the plain one. */
  readonly pick: (count: number) => number;
  /** One of the options; the first is the plain one. */
  readonly choose: <Option>(options: readonly Option[]) => Option;
}

export function createDraws(next: () => number): Draws {
  const pick = (count: number): number => next() % count;
  return {
    pick,
    choose: (options) => {
      const option = options[pick(options.length)];
      if (option === undefined) throw new Error("nothing to choose from");
      return option;
    },
  };
}

/** The numbers of a list, then zeros. */
export function numbersOf(list: readonly number[]): () => number {
  let place = 0;
  return () => list[place++] ?? 0;
}
