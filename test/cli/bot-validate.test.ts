import { expect, test } from "vitest";
import { z } from "zod";
import { runCli } from "./run-cli.ts";

const faults = z.object({
  valid: z.boolean(),
  faults: z.array(z.looseObject({ severity: z.string(), provider: z.string().optional() })),
});

const five = {
  id: "b",
  type: "buttons",
  data: {
    message: "?",
    buttons: ["1", "2", "3", "4", "5"].map((id) => ({ id, label: `Button ${id}` })),
  },
};

const validate = (flow: unknown, ...flags: readonly string[]) =>
  runCli(["bot", "validate", "-", ...flags], { input: JSON.stringify(flow) });

test("a flow with nothing but warnings can run; each provider's limits are told", async () => {
  const ran = await validate({ nodes: [five] });

  expect(ran.exitCode).toBe(0);
  expect(ran.out.trim().split("\n")).toEqual([
    'warning: nodes.0: node "b": no edge leaves it: whatever comes, the scenario ends here',
    expect.stringMatching(/^warning: nodes\.0: node "b": chatrace: .* as numbered lines$/),
    expect.stringMatching(/^warning: nodes\.0: node "b": green-api: .* as numbered lines$/),
    expect.stringMatching(/^warning: nodes\.0: node "b": wazzup24: .* as numbered lines$/),
    expect.stringMatching(/^warning: nodes\.0: node "b": whatsapp-cloud: .* as a list$/),
    "The flow can run.",
  ]);
});

test("a program gets every fault as JSON, errors by the exit code, too", async () => {
  const warned = await validate({ nodes: [five] }, "--json", "--provider", "green-api");
  const refused = await validate({ nodes: [{ id: "x", type: "teleport" }] }, "--json");

  expect(faults.parse(JSON.parse(warned.out)).faults.map(({ provider }) => provider)).toEqual([
    undefined,
    "green-api",
  ]);
  expect(faults.parse(JSON.parse(refused.out))).toMatchObject({
    valid: false,
    faults: [{ severity: "error", path: "nodes.0.type" }],
  });
  expect(refused.exitCode).toBe(1);
});

test("a flow that cannot run is refused with its faults, one a line", async () => {
  const { err, out, exitCode } = await validate({ nodes: [{ id: "x", type: "teleport" }] });

  expect({ out, exitCode }).toEqual({ out: "", exitCode: 1 });
  expect(err).toMatch(/error: nodes\.0\.type: node "x": the type "teleport" is unknown/);
});
