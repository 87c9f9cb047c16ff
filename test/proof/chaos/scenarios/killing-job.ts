import { fileURLToPath } from "node:url";
import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "../cluster.ts";
import { textOf } from "../messages.ts";
import { tellVerdict, type Given, type Proof, type Scenario } from "./scenario.ts";
import { describeReplies, readPassages } from "./timeline.ts";
import { underLoad } from "./under-load.ts";

const preload = fileURLToPath(new URL("../../../support/crashing-on-text.ts", import.meta.url));
const always = { from: 0, to: Infinity };
const killer = 0;

async function run(given: Given): Promise<Proof> {
  const { messages, folder } = given;
  const load = { messages, conversations: messages * 20, perSecond: 50 };
  const settings = {
    // As it stands in the effects of the turn.
    TEST_KILLING_TURN: ` ${textOf(killer)}"`,
    TEST_KILLING_BODY: "nobody writes this",
  };
  const { struck, startedAt, verdict, evidence, open, crashes } = await underLoad(
    given,
    { load, settings, workerArguments: [`--import=${preload}`] },
    async (cluster, begin) => {
      await begin();
      return waitUntilDead(cluster);
    },
  );
  const turns = [...evidence.recorded].filter(([, { turn }]) => turn?.state === "dead");
  const replies = describeReplies(
    (await readPassages(folder)).filter(({ n }) => n !== killer),
    always,
  );
  const deadAlone = turns.length === 1 && turns[0]?.[0] === killer;
  const ok =
    struck !== undefined &&
    deadAlone &&
    verdict.acknowledged === messages &&
    verdict.lost === 1 &&
    verdict.doubled + verdict.strange + verdict.reordered === 0 &&
    open.entries + open.sends + open.sealed === 0;
  const figures = {
    neighbours: messages - 1,
    dead: turns.length,
    deadAfterSeconds: struck === undefined ? null : Math.round((struck - startedAt) / 1000),
    workersKilled: crashes,
    neighboursAnswered: replies.repliedInSpan,
    neighbourReplyP50Ms: replies.p50Ms,
    neighbourReplyMaxMs: replies.maxMs,
    // The dead one has no reply, and an operator knows.
    ...tellVerdict({ ...verdict, lost: verdict.lost - (deadAlone ? 1 : 0) }),
  };
  return { ok, figures };
}

const patienceMs = 180_000;
const lookEveryMs = 100;

/** When an operator was told; undefined: it did not come to that. */
async function waitUntilDead({ database }: Cluster): Promise<number | undefined> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    if ((await database.collection("alerts").findOne({ kind: "message.dead" })) !== null)
      return Date.now();
    await wait(lookEveryMs);
  }
  return undefined;
}

export const killingJob: Scenario = {
  claim:
    "a message that kills every process which handles it ends dead alone; its neighbours are answered",
  alone: { messages: 101, seconds: 0 },
  together: { messages: 101, seconds: 0 },
  run,
};
