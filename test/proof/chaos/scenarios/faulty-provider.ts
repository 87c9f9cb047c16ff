import { join } from "node:path";
import { z } from "zod";
import { runFiles } from "../ack-log.ts";
import type { Evidence } from "../evidence.ts";
import { channelNames, numberOfReply, type ChannelName } from "../messages.ts";
import { readLines } from "../read-lines.ts";
import { tellVerdict, type Given, type Proof, type Scenario } from "./scenario.ts";
import { underLoad } from "./under-load.ts";

/** Twice a send's time limit, as 30 s are to production's 15 s. */
const hangMs = 6000;
const faults = {
  dropAfter: { probability: 0.1 },
  fail5xxAfter: { probability: 0.1 },
  hangMs: { probability: 0.05, ms: hangMs },
  // Not accepted at all: otherwise a send that is held could never be a loss.
  dropBefore: { probability: 0.03 },
};

async function run(given: Given): Promise<Proof> {
  const { messages, folder } = given;
  const load = {
    messages,
    conversations: Math.max(200, Math.round(messages / 10)),
    inFlight: 2000,
    // Any faster, the provider's own process takes messages long after their callers gave up.
    perSecond: 60,
  };
  const underFaults = await underLoad(given, { load }, async ({ simulators }, begin) => {
    await simulators.ask(
      "switch",
      {
        green: { ...faults, seed: given.seed, answer429: busyFor(0) },
        // Without receipts nothing tells what became of an unknown send.
        whatsapp: { ...faults, seed: given.seed + 1, statusesOff: true, answer429: busyFor(1) },
        wazzup24: { ...faults, seed: given.seed + 2, answer429: busyFor(1) },
        chatrace: { ...faults, seed: given.seed + 3, answer429: busyFor(1) },
      },
      z.undefined(),
    );
    await begin();
  });
  const { verdict, evidence, isWhole } = underFaults;
  const outcomes = await readOutcomes(folder);
  const counts = channelNames.map((channel) => ({
    channel,
    ...countSends(evidence, outcomes, channel),
  }));
  const isShown = counts.every(({ hidden }) => hidden === 0);
  const ok = isWhole && verdict.acknowledged === messages && isShown;
  const figures = Object.assign(
    { messages, ...tellVerdict(verdict) },
    ...counts.map(({ channel, ...each }) => prefix(channel, each)),
  );
  return { ok, figures, examples: verdict.examples };
}

const busyFor = (retryAfterSeconds: number) => ({ probability: 0.1, retryAfterSeconds });

const entry = z.object({ text: z.string(), outcome: z.string() });

/** What became of each accepted reply, as the caller saw it. */
async function readOutcomes(folder: string): Promise<ReadonlyMap<number, string>> {
  const outcomes = new Map<number, string>();
  for (const channel of channelNames)
    for await (const { text, outcome } of readLines(join(folder, runFiles[channel]), entry))
      outcomes.set(numberOfReply(text), outcome);
  return outcomes;
}

/** What is not known to have arrived must be known to an operator. */
function countSends(
  { said, recorded, shown }: Pick<Evidence, "said" | "recorded" | "shown">,
  outcomes: ReadonlyMap<number, string>,
  wanted: ChannelName,
) {
  const counts = {
    messages: 0,
    acceptedWithoutAnAnswer: 0,
    notArrived: 0,
    heldAndShown: 0,
    hidden: 0,
  };
  for (const { n, channel } of said.values()) {
    if (channel !== wanted) continue;
    counts.messages += 1;
    const outcome = outcomes.get(n);
    const isUnanswered = outcome !== undefined && outcome !== "answered";
    const sends = recorded.get(n)?.sends ?? [];
    const isSettled = sends.some(({ state }) => state === "sent");
    const isShown = sends.some(({ id, state }) => state === "held" && shown.has(id));
    if (isUnanswered) counts.acceptedWithoutAnAnswer += 1;
    if (outcome === undefined) counts.notArrived += 1;
    if (isShown) counts.heldAndShown += 1;
    if (!isSettled && !isShown) counts.hidden += 1;
  }
  return counts;
}

const prefix = (channel: ChannelName, counts: ReturnType<typeof countSends>): Proof["figures"] =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${channel}.${name}`, count]));

export const faultyProvider: Scenario = {
  claim:
    "a provider that drops, fails, refuses and hangs: 0 doubled, 0 lost where it can be asked, and every unknown shown to an operator where it cannot",
  alone: { messages: 100_000, seconds: 0 },
  together: { messages: 4000, seconds: 0 },
  run,
};
