import { expect, test } from "vitest";
import { parseFlow } from "#shared/bot/flow.ts";
import * as registered from "#shared/bot/nodes/registered.ts";
import {
  buttons,
  condition,
  draftFlow,
  expectFlow,
  message,
  question,
} from "#shared/bot/test-flows.ts";

const findErrors = (document: unknown) => {
  const parsed = parseFlow(document);
  return "errors" in parsed ? parsed.errors : [];
};

const findMessages = (document: unknown) => findErrors(document).map((error) => error.message);

test("every line of registered.ts has the name of its type", () => {
  const types = Object.entries(registered).map(([name, { type }]) => [name, type]);

  expect(types).toEqual(Object.keys(registered).map((name) => [name, name]));
});

test("a React Flow document is taken, its canvas fields left out", () => {
  const document = {
    nodes: [
      { ...message("m", "hi"), position: { x: 1, y: 2 }, measured: {}, selected: false },
      { ...condition("c", "equals", "yes"), position: { x: 1, y: 2 } },
      { ...message("m2", "bye"), position: { x: 1, y: 2 } },
    ],
    edges: [
      { id: "e1", source: "m", target: "c", sourceHandle: "bottom", animated: true },
      { id: "e2", source: "c", target: "m2", sourceHandle: "True", label: null },
    ],
    viewport: { zoom: 1 },
  };
  const { nodes } = expectFlow(document);

  expect(nodes.get("m")?.edges).toEqual(new Map([["", "c"]]));
  expect(nodes.get("c")?.edges).toEqual(new Map([["true", "m2"]]));
  expect(nodes.get("c")).not.toHaveProperty("position");
});

test("the start is what the document names, else the welcome node, else the only first node", () => {
  const welcome = { id: "w", type: "welcome", data: { message: "hi" } };
  const [a, b] = [message("a", "a"), message("b", "b")];
  const edges = [{ source: "b", target: "a" }];

  expect(expectFlow({ nodes: [a, b], edges, start: "a" }).start.id).toBe("a");
  expect(expectFlow({ nodes: [a, b, welcome], edges }).start.id).toBe("w");
  expect(expectFlow({ nodes: [a, b], edges }).start.id).toBe("b");
});

test("a start that is missing or in doubt is refused", () => {
  const [a, b] = [question("a", "x"), question("b", "y")];
  const round = [
    { source: "a", target: "b" },
    { source: "b", target: "a" },
  ];

  expect(findErrors({ nodes: [a], edges: [], start: "z" })).toEqual([
    { path: "start", message: 'the start node "z" does not exist', severity: "error" },
  ]);
  expect(findMessages({ nodes: [a, b], edges: [] })).toEqual([
    'several nodes could be the first: "a", "b"; name one as `start`',
  ]);
  expect(findMessages({ nodes: [a, b], edges: round })[0]).toMatch(/name the first as `start`/);
});

test("a node's faults name the node and the field", () => {
  const nodes = [
    { id: "x", type: "teleport", data: {} },
    { id: "q", type: "question", data: { question: "?", saveAs: "__proto__" } },
    { id: "m", type: "message" },
    condition("c", "regex", "(a"),
    buttons(
      "b",
      Array.from({ length: 11 }, (_, index) => `label ${index}`),
    ),
    { id: "t", type: "welcome", data: { message: "x".repeat(4097) } },
  ];

  const errors = findErrors({ nodes });

  expect(errors.map(({ path }) => path)).toEqual([
    "nodes.0.type",
    "nodes.1.data.saveAs",
    "nodes.2.data.message",
    "nodes.3.data.value",
    "nodes.4.data.buttons",
    "nodes.5.data.message",
  ]);
  expect(errors[0]?.message).toContain('node "x": the type "teleport" is unknown, use one of');
  expect(errors[3]?.message).toMatch(/node "c": value: .*missing closing/);
});

test.each([
  {
    what: "a doubled id",
    nodes: [question("q", "a"), question("q", "b")],
    edges: [],
    says: /"q": another node/,
  },
  {
    what: "an edge to nowhere",
    nodes: [question("q", "a")],
    edges: [["q", "z"]],
    says: /"q": an edge leads to "z"/,
  },
  {
    what: "an edge from nowhere",
    nodes: [question("q", "a")],
    edges: [["z", "q"]],
    says: /"z": an edge leaves it/,
  },
  {
    what: "two plain edges",
    nodes: [question("q", "a")],
    edges: [
      ["q", "q"],
      ["q", "q"],
    ],
    says: /"q": two edges have no label/,
  },
  {
    what: "two edges with one label",
    nodes: [question("q", "a"), condition("c", "equals", "x")],
    edges: [
      ["c", "q", "true"],
      ["c", "q", "TRUE "],
    ],
    says: /"c": two edges have the label "true"/,
  },
  {
    what: "a label that the node never takes",
    nodes: [question("q", "a"), condition("c", "equals", "x")],
    edges: [["c", "q", "yes"]],
    says: /"c": the edge label "yes" means nothing here, use one of true, false/,
  },
  {
    what: "a circle without a wait",
    nodes: [question("q", "a"), message("m", "x"), condition("c", "equals", "x")],
    edges: [
      ["q", "m"],
      ["m", "c"],
      ["c", "m", "false"],
      ["c", "q", "true"],
    ],
    says: /"m": the circle m → c → m never waits/,
  },
  {
    what: "a turn of more than 100 nodes",
    nodes: Array.from({ length: 101 }, (_, index) => message(`m${index}`, "x")),
    edges: Array.from({ length: 100 }, (_, index) => [`m${index}`, `m${index + 1}`] as const),
    says: /"m0": more than 100 nodes follow from here without a wait/,
  },
  {
    what: "a doubled button id",
    nodes: [
      {
        id: "b",
        type: "buttons",
        data: {
          message: "?",
          buttons: [
            { id: "1", label: "a" },
            { id: "1", label: "b" },
          ],
        },
      },
    ],
    edges: [],
    says: /"b": buttons: two buttons have the same id/,
  },
] as const)("$what is refused", ({ nodes, edges, says }) => {
  const messages = findMessages(draftFlow(nodes, edges));

  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(says);
});

test("a circle through a node that waits is a scenario that goes on", () => {
  const nodes = [message("m", "x"), question("q", "a")];

  expect(
    findErrors(
      draftFlow(nodes, [
        ["m", "q"],
        ["q", "m"],
      ]),
    ),
  ).toEqual([]);
});

test("more than 500 nodes are refused", () => {
  const nodes = Array.from({ length: 501 }, (_, index) => message(`m${index}`, "x"));

  expect(findErrors({ nodes, start: "m0" })).toMatchObject([{ path: "nodes" }]);
});

test("more than 2000 nodes in all flows are refused", () => {
  const nodes = Array.from({ length: 500 }, (_, index) => message(`m${index}`, "x"));
  const flows = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, { nodes }]));

  expect(findMessages({ nodes: [question("q", "a")], flows })).toEqual([
    "all flows together have more than 2000 nodes",
  ]);
});

test.each(
  [
    undefined,
    null,
    7,
    "flow",
    [],
    {},
    { nodes: {} },
    { nodes: [null] },
    { nodes: [], edges: 1 },
  ].map((document) => ({ document })),
)("$document is no flow, and no reason to throw", ({ document }) => {
  expect(findErrors(document).length).toBeGreaterThan(0);
});
