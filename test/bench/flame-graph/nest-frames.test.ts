import { expect, test } from "vitest";
import { nestFrames } from "./nest-frames.ts";

interface Call {
  readonly id: number;
  readonly name: string;
  readonly file?: string;
  readonly children?: readonly number[];
}

const call = ({ id, name, file = "", children = [] }: Call) => ({
  id,
  callFrame: { functionName: name, url: file, lineNumber: 9 },
  children: [...children],
});

const drain = "file:///somewhere/src/workers/drain.ts";

test("a frame's total is its own time and that of all that it called, the heaviest first", () => {
  const root = nestFrames({
    nodes: [
      call({ id: 1, name: "(root)", children: [2, 3] }),
      call({ id: 2, name: "light", file: drain }),
      call({ id: 3, name: "drain", file: drain, children: [4] }),
      call({ id: 4, name: "serialize", file: "file:///somewhere/node_modules/bson/bson.mjs" }),
    ],
    samples: [2, 3, 4, 4],
    timeDeltas: [10, 20, 30, 40],
  });

  expect(root).toMatchObject({ name: "(root)", selfUs: 0, totalUs: 100 });
  expect(root.children.map(({ name }) => name)).toEqual(["drain", "light"]);
  expect(root.children[0]).toEqual({
    name: "drain",
    place: "src/workers/drain.ts:10",
    selfUs: 20,
    totalUs: 90,
    children: [
      { name: "serialize", place: "bson/bson.mjs:10", selfUs: 70, totalUs: 70, children: [] },
    ],
  });
});

test("a function that V8 lists twice under one caller is one frame, with the calls of both", () => {
  const root = nestFrames({
    nodes: [
      call({ id: 1, name: "(root)", children: [2, 3] }),
      call({ id: 2, name: "drain", file: drain, children: [4] }),
      call({ id: 3, name: "drain", file: drain, children: [5] }),
      call({ id: 4, name: "commit", file: drain }),
      call({ id: 5, name: "commit", file: drain }),
    ],
    samples: [2, 3, 4, 5],
    timeDeltas: [1, 2, 3, 4],
  });

  expect(root.children).toHaveLength(1);
  expect(root.children[0]).toMatchObject({ selfUs: 3, totalUs: 10 });
  expect(root.children[0]?.children).toMatchObject([{ name: "commit", selfUs: 7 }]);
});

test("idle time, the profiler's own and what took no time are left out", () => {
  const root = nestFrames({
    nodes: [
      call({ id: 1, name: "(root)", children: [2, 3, 4, 5] }),
      call({ id: 2, name: "(idle)" }),
      call({ id: 3, name: "post", file: "node:inspector" }),
      call({ id: 4, name: "never seen" }),
      call({ id: 5, name: "drain", file: drain }),
    ],
    samples: [2, 3, 5],
    timeDeltas: [500, 60, 7],
  });

  expect(root.totalUs).toBe(7);
  expect(root.children.map(({ name }) => name)).toEqual(["drain"]);
});
