import type { Proof, Given, Scenario } from "./scenario.ts";
import { tellVerdict } from "./scenario.ts";
import { readAccepts } from "./timeline.ts";
import { underLoad } from "./under-load.ts";

const copies = 20;
const always = { from: 0, to: Infinity };

async function run(given: Given): Promise<Proof> {
  const { messages, folder } = given;
  const load = {
    messages,
    conversations: Math.max(50, Math.round(messages / 20)),
    atOnce: copies,
    inFlight: 500,
    underWay: 10,
  };
  const { verdict, isWhole } = await underLoad(given, { load }, (_cluster, begin) => begin());
  const [accepts] = await readAccepts(folder, [always]);
  const { posts = 0, not200 = 0, p50Ms = 0, p99Ms = 0 } = accepts ?? {};
  const ok =
    isWhole &&
    posts >= messages * copies &&
    verdict.acknowledged === messages &&
    verdict.answered === messages;
  const figures = {
    events: messages,
    posts,
    not200,
    ...tellVerdict(verdict),
    acceptP50Ms: p50Ms,
    acceptP99Ms: p99Ms,
  };
  return { ok, figures, examples: verdict.examples };
}

export const parallelDuplicates: Scenario = {
  claim: "each event posted 20 times in parallel to 2 API processes has one reply",
  alone: { messages: 20_000, seconds: 0 },
  together: { messages: 3000, seconds: 0 },
  run,
};
