import { warnAt, type Fault } from "#shared/bot/flow-node.ts";
import type { Flow } from "#shared/bot/flow.ts";
import { sampleContext } from "#shared/bot/sample-context.ts";

/** A time that leads to nothing, and an edge that only a time would take. */
export const findBadTimes = ({ nodes }: Flow): readonly Fault[] =>
  [...nodes.values()].flatMap((node) => {
    const context = sampleContext(node);
    const step = node.enter(context);
    const isTimed = "wait" in step && step.timeoutMs !== undefined;
    if (isTimed && node.expire(context) === undefined)
      return [warnAt(node, 'timeoutSeconds does nothing without an edge "timeout" or a reminder')];
    if (!isTimed && node.edges.has("timeout"))
      return [warnAt(node, 'the edge "timeout" is never taken without timeoutSeconds')];
    return [];
  });
