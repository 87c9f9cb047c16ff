import { mutants } from "./mutants.ts";
import type { Asked, Told } from "./pool.ts";
import { runSeeds, type SeedsRun } from "./run-seeds.ts";

/** A process of the pool: runs the slices that it is given, and ends with its parent. */
process.on("message", (asked: Asked) => {
  const { mutant: name, ...seeds } = asked;
  const mutant = mutants.find((each) => each.name === name);
  void runSeeds({ ...seeds, mutant }).then((ran) => process.send?.(toldOf(ran)));
});

const toldOf = ({ failures, ...counted }: SeedsRun): Told => ({
  ...counted,
  failures: failures.map(({ seed, violation: { property, message } }) => ({
    seed,
    property,
    message,
  })),
});

process.once("disconnect", () => process.exit());
