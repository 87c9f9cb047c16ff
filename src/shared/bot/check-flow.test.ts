import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFlow } from "#shared/bot/check-flow.ts";
import * as registered from "#shared/bot/nodes/registered.ts";
import {
  buttons,
  condition,
  draftFlow,
  message,
  question,
  type EdgeDraft,
  type NodeDraft,
} from "#shared/bot/test-flows.ts";
import type { Command } from "#shared/domain/command.ts";

interface Case {
  readonly what: string;
  readonly nodes: readonly NodeDraft[];
  readonly edges?: readonly EdgeDraft[];
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: "a node to which no way leads",
    nodes: [message("a", "x"), message("b", "y"), message("c", "z")],
    edges: [["b", "c"]],
    says: [
      'node "b": no way leads here from the start "a"',
      'node "c": no way leads here from the start "a"',
    ],
  },
  {
    what: "a condition without one of its edges",
    nodes: [condition("c", "equals", "x"), message("m", "y")],
    edges: [["c", "m", "true"]],
    says: ['node "c": no edge for "false": the scenario ends there'],
  },
  {
    what: "a choice with no way out",
    nodes: [buttons("b", ["Yes", "No"])],
    says: ['node "b": no edge leaves it: whatever comes, the scenario ends here'],
  },
  {
    what: "a button without an edge",
    nodes: [buttons("b", ["Yes", "No", "Maybe"]), message("m", "y")],
    edges: [["b", "m", "yes"]],
    says: ['node "b": no edge for "No", "Maybe": the scenario ends there'],
  },
  {
    what: "a name that nothing sets",
    nodes: [
      question("q", "city"),
      message(
        "m",
        "{{city}} {{vars.city}} {{user_input}} {{customer.name}} {{contact.metadata.x}} {{street}} {{vars.street}} {{city.x}} {{customer.metadata.x.y}}",
      ),
      condition("c", "equals", "x", { variable: "house" }),
    ],
    edges: [
      ["q", "m"],
      ["m", "c"],
      ["c", "q"],
    ],
    says: [
      'node "m": nothing sets {{street}}',
      'node "m": nothing sets {{vars.street}}',
      'node "m": nothing sets {{city.x}}',
      'node "m": nothing sets {{customer.metadata.x.y}}',
      'node "c": nothing sets {{house}}',
    ],
  },
  {
    what: "a time that leads to nothing",
    nodes: [question("q", "a", 60)],
    says: ['node "q": timeoutSeconds does nothing without an edge "timeout" or a reminder'],
  },
  {
    what: "an edge that is never taken",
    nodes: [question("q", "a"), message("m", "late")],
    edges: [["q", "m", "timeout"]],
    says: ['node "q": the edge "timeout" is never taken without timeoutSeconds'],
  },
  {
    what: "nothing",
    nodes: [question("q", "a", 60), message("m", "{{a}}")],
    edges: [
      ["q", "m"],
      ["q", "m", "timeout"],
    ],
    says: [],
  },
];

test.each(cases)("of $what it warns, naming the node", ({ nodes, edges, says }) => {
  const faults = checkFlow(draftFlow(nodes, edges));

  expect(faults.map(({ message: text }) => text)).toEqual(says);
  expect(faults.filter(({ severity }) => severity !== "warning")).toEqual([]);
});

const limits = new Map([
  [
    "strict",
    {
      review: ({ type }: Command) => (type === "buttons" ? "has no buttons" : undefined),
      windowMs: 60_000,
    },
  ],
]);

test("what a provider cannot take as it is, is told with the provider's name", () => {
  const nodes = [message("m", "x"), buttons("b", ["Yes"]), message("n", "y")];
  const edges: readonly EdgeDraft[] = [
    ["m", "b"],
    ["b", "n"],
  ];

  expect(checkFlow(draftFlow(nodes, edges), limits)).toEqual([
    {
      path: "nodes.1",
      message: 'node "b": strict: has no buttons',
      severity: "warning",
      provider: "strict",
    },
  ]);
});

const delay = (id: string, seconds: number) => ({ id, type: "delay", data: { seconds } });
const asks = (reminder: string[], seconds: number) => ({
  id: "d",
  type: "question",
  data: { question: "?", saveAs: "x", timeoutSeconds: seconds, reminder },
});
const template = { id: "m", type: "template", data: { name: "x", language: "ru" } };

test.each([
  { node: delay("d", 60), next: message("m", "x"), warnings: 1 },
  { node: delay("d", 59), next: message("m", "x"), warnings: 0 },
  { node: delay("d", 60), next: template, warnings: 0 },
  { node: asks(["?"], 30), next: message("m", "x"), warnings: 1 },
  { node: asks(["?"], 30), next: template, warnings: 0 },
  { node: asks(["?", "?"], 30), next: template, warnings: 1 },
])("a text after the provider's window is warned of: %#", ({ node, next, warnings }) => {
  const edges: readonly EdgeDraft[] = [node.type === "delay" ? ["d", "m"] : ["d", "m", "timeout"]];

  const faults = checkFlow(draftFlow([node, next], edges), limits);

  expect(faults.map(({ message: text }) => text)).toEqual(
    Array.from({ length: warnings }, () => expect.stringContaining('node "d": strict: a message')),
  );
});

test("every error is told at once, those of a node's neighbours, too", () => {
  const nodes = [
    { id: "bad", type: "question", data: { saveAs: "a.b" } },
    { id: "odd", type: "teleport", data: {} },
    condition("c", "equals", "x"),
    { id: "j", type: "jump", data: { flow: "nowhere" } },
  ];
  const edges: readonly EdgeDraft[] = [
    ["bad", "c", "whatever"],
    ["bad", "gone"],
    ["c", "odd", "yes"],
    ["c", "bad", "true"],
  ];

  expect(checkFlow(draftFlow(nodes, edges)).map(({ path }) => path)).toEqual([
    "nodes.0.data.question",
    "nodes.0.data.saveAs",
    "nodes.1.type",
    "edges.1",
    "edges.2",
  ]);
});

test.each([
  [{ flow: "nowhere" }, 'node "j": it jumps to the flow "nowhere", which does not exist'],
  [{ node: "gone" }, 'node "j": it jumps to "gone", which does not exist'],
  [{ flow: "sub", node: "j" }, 'node "j": it jumps to "sub/j", which does not exist'],
])("a jump to %j is refused", (data, says) => {
  const nodes = [message("m", "x"), { id: "j", type: "jump", data }];
  const flows = { sub: draftFlow([message("s", "x")]) };

  const faults = checkFlow({ ...draftFlow(nodes, [["m", "j"]]), flows });

  expect(faults).toEqual([{ path: "nodes.1.data", message: says, severity: "error" }]);
});

const jump = (id: string, flow: string) => ({ id, type: "jump", data: { flow } });

test("flows that jump to each other without a question are a circle", () => {
  const flows = { sub: draftFlow([jump("back", "main")]) };

  const [fault] = checkFlow({ ...draftFlow([jump("j", "sub")]), flows });

  expect(fault?.message).toBe('node "j": the circle j → sub/back → j never waits for the customer');
});

test("a delay is no question: a circle through it is refused", () => {
  const nodes = [message("m", "x"), { id: "d", type: "delay", data: { seconds: 1 } }];
  const edges: readonly EdgeDraft[] = [
    ["m", "d"],
    ["d", "m"],
  ];

  expect(checkFlow(draftFlow(nodes, edges))[0]?.message).toContain("never waits for the customer");
});

test("no document makes it throw", () => {
  const types = Object.keys(registered);
  const id = fc.constantFrom("a", "b", "c");
  const data = fc.oneof(fc.jsonValue(), fc.constant({ message: "{{x}}" }));
  const node = fc.record({ id, type: fc.constantFrom(...types), data });
  const edge = fc.record({ source: id, target: id, label: fc.constantFrom("", "timeout", "true") });
  const flow = fc.record({ nodes: fc.array(node), edges: fc.array(edge) });
  const document = fc.oneof(
    fc.jsonValue(),
    flow,
    fc.record({ nodes: fc.array(node), flows: fc.dictionary(id, flow) }),
  );

  fc.assert(
    fc.property(document, (given) => {
      for (const { path, message: text } of checkFlow(given)) {
        expect(typeof path).toBe("string");
        expect(text).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
});

test("data as deep as memory allows is no reason to throw", () => {
  let deep: object = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  const draft = message("m", "x");

  expect(checkFlow(draftFlow([{ ...draft, data: { message: "x", deep } }]))).toEqual([]);
});

const folder = new URL("../../../examples/bots/", import.meta.url);

test.each(readdirSync(folder))("the example %s has nothing to warn of", (name) => {
  expect(checkFlow(JSON.parse(readFileSync(new URL(name, folder), "utf8")))).toEqual([]);
});
