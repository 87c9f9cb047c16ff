import type { FlowNode } from "#shared/bot/flow-node.ts";
import { fold } from "#shared/bot/fold.ts";
import { placeholder } from "#shared/bot/interpolate.ts";
import type { NodeContext } from "#shared/bot/node.ts";
import { newWait } from "#shared/bot/run-nodes.ts";

/** What a node would see if everything that is inserted were one letter. */
export const sampleContext = (node: FlowNode): NodeContext => ({
  render: (template) => template.replaceAll(placeholder, "x"),
  input: { text: "x" },
  leads: (label) => node.edges.has(fold(label ?? "")),
  contact: {},
  variables: {},
  wait: newWait,
  now: 0,
  draw: () => 0,
});
