import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";

test("processes that start together on an empty database all come up", async () => {
  const system = await startSystem({ apis: 5, workers: 2 });
  onTestFinished(system.stop);

  const ready = await Promise.all(
    system.apis.map(async ({ url }) => (await fetch(`${url}/health/ready`)).status),
  );

  expect(ready).toEqual([200, 200, 200, 200, 200]);
}, 60_000);
