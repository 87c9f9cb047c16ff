import { z } from "zod";
import { fold } from "#shared/bot/fold.ts";
import { defineNode } from "#shared/bot/node.ts";

const branchField = z.object({
  label: z.string().regex(/\S/, "must not be blank").max(200),
  weight: z.number().positive().max(1_000_000).default(1),
});

type Branch = z.infer<typeof branchField>;

/** Sends nothing: takes the edge of one branch by lot, each as often as its weight says. */
export default defineNode({
  type: "random_split",
  data: z.object({
    branches: z
      .array(branchField)
      .min(2)
      .max(20)
      .refine(
        (branches) => new Set(branches.map(({ label }) => fold(label))).size === branches.length,
        "two branches have the same label",
      ),
  }),
  outcomes: ({ branches }) => branches.map(({ label }) => [label]),
  enter: ({ branches }, { draw }) => ({ next: pick(branches, draw()), effects: [] }),
});

const pick = (branches: readonly Branch[], drawn: number): string | undefined => {
  const total = branches.reduce((sum, { weight }) => sum + weight, 0);
  let left = drawn * total;
  return branches.find(({ weight }) => {
    left -= weight;
    return left < 0;
  })?.label;
};
