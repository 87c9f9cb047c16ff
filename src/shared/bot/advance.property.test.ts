import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFlow, type Flow } from "#shared/bot/flow.ts";
import { buttons, condition, draftFlow, message, question, talk } from "#shared/bot/test-flows.ts";
import type { BotInput } from "#shared/domain/session.ts";

const kinds = [
  { draft: (id: string) => message(id, "{{user_input}} {{v}}"), labels: [] },
  { draft: (id: string) => question(id, "v", 5), labels: ["timeout"] },
  { draft: (id: string) => buttons(id, ["Yes", "No"], { saveAs: "v" }), labels: ["b1", "no"] },
  { draft: (id: string) => condition(id, "contains", "a"), labels: ["true", "false"] },
  { draft: (id: string) => condition(id, "regex", "(a|aa)+$"), labels: ["true", "false"] },
] as const;

const size = 6;
const target = fc.option(fc.nat(size - 1));

const flows = fc
  .array(fc.tuple(fc.constantFrom(...kinds), target, target, target), {
    minLength: size,
    maxLength: size,
  })
  .map((plan): Flow | undefined => {
    const edges = plan.flatMap(([{ labels }, ...targets], from) =>
      [undefined, ...labels].flatMap((label, index) => {
        const to = targets[index] ?? null;
        return to === null ? [] : [[`n${from}`, `n${to}`, label] as const];
      }),
    );
    const parsed = parseFlow(
      draftFlow(
        plan.map(([{ draft }], index) => draft(`n${index}`)),
        edges,
      ),
    );
    return "flow" in parsed ? parsed.flow : undefined;
  })
  .filter((flow) => flow !== undefined);

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("Yes", "no", "2", "a", "{{v}}"),
);

const waitId = fc.nat(20).map((count) => `wait-${count}`);

const input: fc.Arbitrary<BotInput> = fc.oneof(
  text.map((said) => ({ kind: "start", text: said }) as const),
  text.map((said) => ({ kind: "answer", text: said }) as const),
  text.map((said) => ({ kind: "answer", text: said, payload: "b1" }) as const),
  waitId.map((id) => ({ kind: "timeout", waitId: id }) as const),
);

const inputs = fc.array(input, { maxLength: 20 });

test("no sequence of inputs makes a valid flow throw, and the same inputs give the same turns", () => {
  fc.assert(
    fc.property(flows, inputs, (flow, sequence) => {
      const first = sequence.map(talk(flow));
      const second = sequence.map(talk(flow));

      expect(second).toEqual(first);
    }),
    { numRuns: 500 },
  );
});

test("a session survives being stored as JSON", () => {
  fc.assert(
    fc.property(flows, inputs, (flow, sequence) => {
      for (const turn of sequence.map(talk(flow))) {
        expect(JSON.parse(JSON.stringify(turn ?? null))).toEqual(turn ?? null);
      }
    }),
  );
});
