import { expect, test } from "vitest";
import { withRatios } from "./with-ratios.ts";

test("a ratio is to the smallest one's rate, wherever it stands", () => {
  const rows = [
    { workers: 4, steadyPerSecond: 600 },
    { workers: 1, steadyPerSecond: 400 },
  ];

  const ratios = withRatios(rows, ({ workers }) => workers).map(({ ratio }) => ratio);

  expect(ratios).toEqual([1.5, 1]);
});
