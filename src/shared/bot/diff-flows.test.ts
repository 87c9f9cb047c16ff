import { expect, test } from "vitest";
import { diffFlows } from "#shared/bot/diff-flows.ts";
import { draftFlow, message, question } from "#shared/bot/test-flows.ts";

const none = { added: [], removed: [], changed: [] };

test("two versions differ by their nodes, edges and settings", () => {
  const before = draftFlow(
    [question("q", "name"), message("old", "Bye"), message("kept", "Hi")],
    [
      ["q", "old"],
      ["q", "kept", "timeout"],
    ],
  );
  const after = {
    ...draftFlow(
      [question("q", "phone"), message("new", "Bye"), message("kept", "Hi")],
      [
        ["q", "new"],
        ["new", "kept"],
      ],
    ),
    burstSeconds: 3,
  };

  expect(diffFlows(before, after)).toEqual({
    nodes: {
      added: ["new"],
      removed: ["old"],
      changed: [{ id: "q", fields: ["data.question", "data.saveAs"] }],
    },
    edges: {
      added: ["new"],
      removed: ["q [timeout]"],
      changed: [{ id: "q", fields: ["target"] }],
    },
    settings: { ...none, added: ["burstSeconds"] },
  });
});

const flows = (text: string) => ({
  ...draftFlow([message("a", "A")]),
  flows: { more: draftFlow([message("a", text)]) },
});

test("nodes of further flows go by their full names", () => {
  expect(diffFlows(flows("B"), flows("C")).nodes).toEqual({
    ...none,
    changed: [{ id: "more/a", fields: ["data.message"] }],
  });
});

const place = (x: number) => ({ nodes: [{ ...message("a", "A"), position: { x, y: 0 } }] });

test("where nodes stand on a canvas makes no difference", () => {
  expect(diffFlows(place(1), place(2))).toEqual({ nodes: none, edges: none, settings: none });
});

test.each([undefined, null, [], { nodes: 7, edges: [null], flows: "x" }])(
  "what is no flow is compared as far as it goes: %j",
  (document) => {
    expect(diffFlows(document, draftFlow([message("a", "A")])).nodes.added).toEqual(["a"]);
  },
);
