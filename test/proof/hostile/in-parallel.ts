const inFlight = 40;

/** Runs so many at once; `place` is the item's own. */
export async function inParallel<Item>(
  items: readonly Item[],
  run: (item: Item, place: number) => Promise<void>,
): Promise<void> {
  const left = items.entries();
  const runSome = async (): Promise<void> => {
    for (const [place, item] of left) await run(item, place);
  };
  await Promise.all(Array.from({ length: inFlight }, runSome));
}
