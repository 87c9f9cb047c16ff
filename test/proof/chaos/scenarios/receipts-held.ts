import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Cluster } from "../cluster.ts";
import { tellVerdict, type Given, type Proof, type Scenario } from "./scenario.ts";
import { endLoad, underLoad } from "./under-load.ts";

/** Answers lost both ways round: some arrived, some did not, and only receipts could tell. */
const faults = {
  dropAfter: { probability: 0.1 },
  fail5xxAfter: { probability: 0.1 },
  dropBefore: { probability: 0.1 },
  fail5xxBefore: { probability: 0.05 },
};
/** What is held back leaves in one webhook: it must not be larger than Meta's largest. */
const perSecond = 20;
const warmUpMs = 5000;
/** After the receipts were let go, others flow as ever. */
const afterMs = 30_000;
const plenty = 1_000_000;

const tellWhatsapp = ({ simulators }: Cluster, whatsapp: object): Promise<void> =>
  simulators.ask("switch", { whatsapp }, z.undefined());

async function run(given: Given): Promise<Proof> {
  const { seconds, seed, say } = given;
  // One message each, mostly: nothing newer of the conversation forbids a repeat.
  const load = { messages: plenty, conversations: plenty, perSecond };
  const { struck, verdict, evidence, isWhole } = await underLoad(
    given,
    { load },
    async (cluster, begin) => {
      await begin();
      await wait(warmUpMs);
      await tellWhatsapp(cluster, { holdStatuses: true });
      // No receipt came that is younger than the first unknown send.
      await wait(warmUpMs);
      await tellWhatsapp(cluster, { ...faults, seed });
      say("receipts are held back, answers are lost");
      await wait(seconds * 1000);
      const states = await countStates(cluster);
      await tellWhatsapp(cluster, healed);
      await tellWhatsapp(cluster, { holdStatuses: false });
      say("receipts are let go, answers arrive");
      await wait(afterMs);
      await endLoad(cluster);
      return states;
    },
  );
  const figures = {
    heldBackSeconds: seconds,
    unknownOrHeldMeanwhile: struck.unknown + struck.held,
    repeatedMeanwhile: struck.repeated,
    repeatedInTheEnd: [...evidence.recorded.values()].filter(({ sends }) => sends.length > 1)
      .length,
    ...tellVerdict(verdict),
  };
  const ok = isWhole && struck.unknown + struck.held > 0;
  return { ok, figures, examples: verdict.examples };
}

const healed = Object.fromEntries(Object.keys(faults).map((name) => [name, 0]));

/** Of WhatsApp's sends, at the end of the silence. */
async function countStates({ database }: Cluster) {
  const outgoing = database.collection("outgoing");
  const channelId = "whatsapp";
  return {
    unknown: await outgoing.countDocuments({ channelId, state: "unknown" }),
    held: await outgoing.countDocuments({ channelId, state: "held" }),
    repeated: await outgoing.countDocuments({ channelId, resendOf: { $exists: true } }),
  };
}

export const receiptsHeld: Scenario = {
  claim: "receipts held back while sends go unknown: 0 doubled",
  alone: { messages: 0, seconds: 300 },
  together: { messages: 0, seconds: 60 },
  run,
};
