import { setTimeout as wait } from "node:timers/promises";
import { Pool } from "undici";
import { z } from "zod";
import { answerAsks } from "./answer-asks.ts";
import { clock } from "./clock.ts";
import { buildBody } from "./messages.ts";
import type { Posted } from "./posted.ts";

/** Posts webhooks that were built beforehand and notes when each left and was answered. */
let bodies: Buffer[] = [];

const building = z.object({
  from: z.number(),
  count: z.number(),
  conversations: z.number(),
  firstChat: z.number().exactOptional(),
});
const posting = z.object({
  origin: z.string(),
  path: z.string(),
  token: z.string(),
  inFlight: z.number(),
  /** Without it, as fast as they are answered. */
  perSecond: z.number().exactOptional(),
});

function build({ from, count, ...chats }: z.infer<typeof building>): void {
  bodies = Array.from({ length: count }, (_, index) => buildBody(from + index, chats));
}

async function post(asked: z.infer<typeof posting>): Promise<Posted> {
  const { origin, path, token, inFlight, perSecond } = asked;
  const pool = new Pool(origin, { connections: inFlight, pipelining: 1 });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const sentAt = new Float64Array(bodies.length);
  const tookMs = new Float64Array(bodies.length);
  let refused = 0;
  const postOne = async (index: number): Promise<void> => {
    const startedAt = clock();
    const answer = await pool.request({
      path,
      method: "POST",
      headers,
      body: bodies[index] ?? null,
    });
    await answer.body.dump();
    if (answer.statusCode !== 200) refused += 1;
    sentAt[index] = startedAt;
    tookMs[index] = clock() - startedAt;
  };
  const startedAt = clock();
  if (perSecond === undefined) await postEach(inFlight, postOne);
  else await postPaced(perSecond, postOne);
  const ms = clock() - startedAt;
  await pool.close();
  return { ms, refused, sentAt: [...sentAt], tookMs: [...tookMs] };
}

async function postEach(inFlight: number, postOne: (index: number) => Promise<void>) {
  let next = 0;
  const lanes = Array.from({ length: inFlight }, async () => {
    for (let index = next++; index < bodies.length; index = next++) await postOne(index);
  });
  await Promise.all(lanes);
}

/** By the clock, whether or not earlier ones were answered. */
async function postPaced(perSecond: number, postOne: (index: number) => Promise<void>) {
  const startedAt = clock();
  const open: Promise<void>[] = [];
  for (const index of bodies.keys()) {
    const early = startedAt + (index * 1000) / perSecond - clock();
    if (early > 0) await wait(early);
    open.push(postOne(index));
  }
  await Promise.all(open);
}

answerAsks({
  build: (input) => build(building.parse(input)),
  post: (input) => post(posting.parse(input)),
});
