import { expect, test } from "vitest";
import { describeReplies, drainedAfterMs } from "./timeline.ts";

const passages = [
  { n: 0, postedAt: 1000, repliedAt: 1100 },
  { n: 1, postedAt: 2000, repliedAt: 9000 },
  { n: 2, postedAt: 2500, repliedAt: 2700 },
  { n: 3, postedAt: 5000, repliedAt: 20_000 },
];

test("an outage counts as drained with the last reply to what was posted before its end", () => {
  expect(drainedAfterMs(passages, 4000)).toBe(5000);
});

test("what never had a reply is never drained", () => {
  const silent = [...passages, { n: 4, postedAt: 3000, repliedAt: undefined }];

  expect(drainedAfterMs(silent, 4000)).toBe(Infinity);
});

test("of those that were posted within a span, the replies within it are told apart", () => {
  expect(describeReplies(passages, { from: 2000, to: 4000 })).toEqual({
    messages: 2,
    repliedInSpan: 1,
    p50Ms: 200,
    p99Ms: 7000,
    maxMs: 7000,
  });
});
