import { expect, test } from "vitest";
import { summarizeProfile } from "./summarize-profile.ts";

const frame = (id: number, functionName: string, url = "") => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});

test("self time is shared out among functions and parts, idle and profiler's time apart", () => {
  const summary = summarizeProfile({
    nodes: [
      frame(1, "(idle)"),
      frame(2, "drain", "file:///somewhere/src/workers/conversation/drain.ts"),
      frame(3, "serialize", "file:///somewhere/node_modules/bson/lib/bson.mjs"),
      frame(4, "post", "node:inspector"),
    ],
    samples: [1, 2, 3, 4, 3],
    timeDeltas: [5000, 1000, 2000, 7000, 1000],
  });

  expect(summary).toEqual({
    busyMs: 4,
    idleMs: 5,
    functions: [
      { name: "serialize bson/lib/bson.mjs:10", percent: 75 },
      { name: "drain src/workers/conversation/drain.ts:10", percent: 25 },
    ],
    parts: [
      { name: "bson", percent: 75 },
      { name: "src/workers/conversation", percent: 25 },
    ],
  });
});
