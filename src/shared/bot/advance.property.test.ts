import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFlow, type Flow } from "#shared/bot/flow.ts";
import * as registered from "#shared/bot/nodes/registered.ts";
import {
  buttons,
  condition,
  draftFlow,
  message,
  noon,
  question,
  talk,
  type NodeDraft,
} from "#shared/bot/test-flows.ts";
import type { BotInput } from "#shared/domain/session.ts";

interface Kind {
  readonly draft: (id: string, other: string) => NodeDraft;
  /** Of its edges, besides the plain one; without any, no edge may leave. */
  readonly labels: readonly string[] | undefined;
}

const kind = (type: string, data: object, labels: readonly string[] = []): Kind => ({
  draft: (id) => ({ id, type, data }),
  labels,
});

const row = (id: string, label: string) => ({ id, label });
const asked = { timeoutSeconds: 5, reminder: ["?", "??"], attempts: 2 };

const kinds: readonly Kind[] = [
  { draft: (id) => message(id, "{{user_input}} {{v}} {{customer.metadata.v}}"), labels: [] },
  kind("welcome", { message: "{{customer.name}}" }),
  { draft: (id) => question(id, "v", 5), labels: ["timeout"] },
  kind("question", { question: "?", saveAs: "v", validate: "number", ...asked }, [
    "timeout",
    "invalid",
  ]),
  kind("question", { question: "?", saveAs: "v", validate: "date", mediaText: "no" }),
  { draft: (id) => buttons(id, ["Yes", "No"], { saveAs: "v" }), labels: ["b1", "no"] },
  { draft: (id) => buttons(id, ["One", "Two"], asked), labels: ["b1", "invalid"] },
  kind(
    "list",
    { message: "?", button: "Open", sections: [{ rows: [row("b1", "A"), row("b2", "B")] }] },
    ["a", "timeout"],
  ),
  { draft: (id) => condition(id, "contains", "a"), labels: ["true", "false"] },
  { draft: (id) => condition(id, "regex", "(a|aa)+$"), labels: ["true", "false"] },
  kind("action", { actionType: "save_to_crm", field: "v", value: "{{user_input}}" }),
  kind("action", { actionType: "create_deal", value: "{{v}}", amount: "{{user_input}}" }),
  kind("action", { actionType: "assign_tag", value: "{{user_input}}" }),
  kind("action", { actionType: "human_takeover" }),
  kind("media", { mediaType: "image", url: "https://example.com/a.jpg", caption: "{{v}}" }),
  kind("template", { name: "x", language: "ru", bodyTexts: ["{{v}}"] }),
  kind("delay", { seconds: 5 }),
  kind("delay", { seconds: 5 }, ["message"]),
  kind("http_request", { url: "https://example.com/{{v}}?{{user_input}}", saveAs: { v: "a" } }, [
    "ok",
    "error",
    "message",
  ]),
  kind("http_request", {
    method: "POST",
    url: "https://example.com",
    headers: { "X-V": "{{v}}" },
    body: { text: ["{{user_input}}"] },
    timeoutSeconds: 5,
  }),
  kind("set_variable", { name: "v", value: "{{v}}{{user_input}}" }),
  kind("random_split", { branches: [{ label: "A" }, { label: "B", weight: 2 }] }, ["a", "b"]),
  kind("business_hours", { timeZone: "Europe/Moscow", schedule: { mon: [["09:00", "18:00"]] } }, [
    "open",
    "closed",
  ]),
  { draft: (id, node) => ({ id, type: "jump", data: { node } }), labels: undefined },
  { draft: (id) => ({ id, type: "end", data: {} }), labels: undefined },
];

const size = 6;
const target = fc.option(fc.nat(size - 1));

const readFlow = (plan: readonly (readonly [Kind, ...(number | null)[]])[]): Flow | undefined => {
  const edges = plan.flatMap(([{ labels }, ...targets], from) =>
    (labels === undefined ? [] : [undefined, ...labels]).flatMap((label, index) => {
      const to = targets[index] ?? null;
      return to === null ? [] : [[`n${from}`, `n${to}`, label] as const];
    }),
  );
  const nodes = plan.map(([{ draft }, first], index) => draft(`n${index}`, `n${first ?? 0}`));
  const parsed = parseFlow(draftFlow(nodes, edges));
  return "flow" in parsed ? parsed.flow : undefined;
};

const flows = fc
  .array(fc.tuple(fc.constantFrom(...kinds), target, target, target), {
    minLength: size,
    maxLength: size,
  })
  .map(readFlow)
  .filter((flow) => flow !== undefined);

/** Any UTF-16, halves of pairs included, and what the flows listen for. */
const text = fc.oneof(
  fc
    .array(fc.nat(0xffff), { maxLength: 20 })
    .map((units) => units.map((unit) => String.fromCharCode(unit)).join("")),
  fc.constantFrom("Yes", "no", "2", "a", "{{v}}", "5.5", "tow", ""),
);

const said = fc.record(
  {
    text,
    payload: fc.constantFrom("b1", "b2", "old"),
    messageType: fc.constantFrom("text", "image", "button_reply"),
  },
  { requiredKeys: ["text"] },
);

const input: fc.Arbitrary<BotInput> = fc.oneof(
  said.map((words) => ({ kind: "start", ...words }) as const),
  { weight: 4, arbitrary: said.map((words) => ({ kind: "answer", ...words }) as const) },
  fc.nat(20).map((count) => ({ kind: "timeout", waitId: `wait-${count}` }) as const),
  fc
    .record({ count: fc.nat(20), isOk: fc.boolean(), v: text })
    .map(
      ({ count, isOk, v }) =>
        ({ kind: "answered", waitId: `wait-${count}`, isOk, values: { v } }) as const,
    ),
);

/** What comes, and how long after the beginning. */
const inputs = fc.array(fc.tuple(input, fc.nat(60_000)), { maxLength: 20 });

const play = (flow: Flow, sequence: readonly (readonly [BotInput, number])[]) => {
  const send = talk(flow);
  return sequence.map(([heard, ms]) => send(heard, noon + ms));
};

test("the flows that are tried have nodes of every kind", () => {
  const types = kinds.map(({ draft }) => draft("n", "m").type);

  expect(new Set(types)).toEqual(new Set(Object.keys(registered)));
});

test("no sequence of inputs makes a valid flow throw, and the same inputs give the same turns", () => {
  fc.assert(
    fc.property(flows, inputs, (flow, sequence) => {
      expect(play(flow, sequence)).toEqual(play(flow, sequence));
    }),
    { numRuns: 500 },
  );
});

test("a turn ends the scenario or waits where an answer is awaited, with no more effects than nodes", () => {
  fc.assert(
    fc.property(flows, inputs, (flow, sequence) => {
      for (const turn of play(flow, sequence)) {
        const { nodeId, waitId, until } = turn?.session ?? {};
        expect(nodeId === undefined || flow.nodes.get(nodeId)?.waits).toBe(true);
        expect(waitId === undefined).toBe(nodeId === undefined);
        expect(turn?.timeoutMs === undefined || until !== undefined).toBe(true);
        expect(turn?.effects.length ?? 0).toBeLessThanOrEqual(size + 1);
      }
    }),
    { numRuns: 300 },
  );
});

test("a session survives being stored as JSON", () => {
  fc.assert(
    fc.property(flows, inputs, (flow, sequence) => {
      for (const turn of play(flow, sequence)) {
        expect(JSON.parse(JSON.stringify(turn ?? null))).toEqual(turn ?? null);
      }
    }),
  );
});
