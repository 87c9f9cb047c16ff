import { mainFlow } from "#shared/bot/flow-document.ts";
import { failWith, type Fault, type FlowNode } from "#shared/bot/flow-node.ts";
import type { Trigger, TriggerDraft } from "#shared/bot/trigger.ts";

interface Linked {
  readonly triggers: readonly Trigger[];
  readonly faults: readonly Fault[];
}

/** Finds where each trigger starts; `any` is asked last. `starts`: the first node by flow. */
export const linkTriggers = (
  drafts: readonly TriggerDraft[],
  starts: ReadonlyMap<string, FlowNode | string>,
): Linked => {
  const faults = drafts.flatMap(({ flow = mainFlow }, index) =>
    starts.has(flow)
      ? []
      : [failWith(`triggers.${index}.flow`, `the flow "${flow}" does not exist`)],
  );
  const particular = drafts.filter(({ on }) => on !== "any");
  const general = drafts.filter(({ on }) => on === "any");
  const linked = [...particular, ...general].map((draft) => linkTrigger(draft, starts));
  return {
    triggers: linked.some(({ does }) => does === "start") ? linked : [...linked, always],
    faults,
  };
};

/** A bot that names no start of its own starts on whatever is said. */
const always: Trigger = { does: "start", fires: () => true };

const linkTrigger = (
  { on, does, fires, flow }: TriggerDraft,
  starts: ReadonlyMap<string, FlowNode | string>,
): Trigger => {
  const isPlain = flow === undefined && (on === "any" || does === "leave");
  const start = isPlain ? undefined : starts.get(flow ?? mainFlow);
  return { does, fires, ...(typeof start === "object" && { start }) };
};
