import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import type { TestSystem } from "../../../support/system.ts";
import { proofOf } from "../bodies/post-case.ts";
import { providers, routes, type ProviderName } from "../bodies/routes.ts";
import { liftPauses, tellRest, workOff } from "../bodies/work-off.ts";
import { claimOf, type Claim } from "../claim.ts";
import { inParallel } from "../in-parallel.ts";
import { operator, proofs, withSystem, type Stage } from "../stage.ts";
import { canary, findOperators } from "./find-operators.ts";
import { writeOperatorBodies, type OperatorBody } from "./operator-bodies.ts";

const fewest = 2000;

/** Operators of MongoDB's wherever a caller can write: none may choose documents, none may show any. */
export async function measureOperators(stage: Stage): Promise<Claim> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-operators-"));
  const file = join(folder, "filters.log");
  writeFileSync(file, "");
  const settings = {
    PROOF_FILTERS: file,
    NODE_OPTIONS: `--import=${new URL("watch-filters.ts", import.meta.url).href}`,
  };
  try {
    return await withSystem(stage, { settings }, (system) => measure(stage, system, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(stage: Stage, system: TestSystem, file: string): Promise<Claim> {
  const pool = new Pool(system.api.url, { connections: 40, pipelining: 1 });
  const pauses = liftPauses(system);
  const all = [...writeOperatorBodies()];
  const most = stage.isTimed ? stage.messages : fewest;
  const step = Math.max(1, Math.ceil(all.length / most));
  const bodies = all.filter((_, place) => (place + stage.seed) % step === 0);
  const faults: string[] = [];
  await inParallel(bodies, async (each) => {
    const fault = await post(pool, each);
    if (fault !== undefined) faults.push(`${each.where}: ${fault} | ${each.body.slice(0, 300)}`);
  });
  const requests = writeRequests();
  for (const request of requests) {
    const fault = await send(pool, request);
    if (fault !== undefined) faults.push(`${request.path}: ${fault}`);
  }
  const rest = await workOff(system, stage.redisUrl);
  await pauses.stop();
  await pool.close();
  const lines = readFileSync(file, "utf8").split("\n");
  const foreign = lines.filter((line) => line.startsWith("foreign "));
  const plain = lines.filter((line) => line.startsWith("plain ")).length;
  if (plain === 0) faults.push("no filter was seen that holds a posted text: nothing was watched");
  if (findOperators({ key: { $ne: canary } }).length === 0)
    faults.push("a planted operator is not found");
  return claimOf(
    "hostile-operators",
    {
      bodies: bodies.length,
      ofAll: all.length,
      requests: requests.length,
      inFilters: foreign.length,
    },
    [...faults, ...foreign, ...tellRest(rest)],
  );
}

async function post(
  pool: Pool,
  { provider, manual, body }: OperatorBody,
): Promise<string | undefined> {
  const headers = proofOf(proofs, provider, body);
  const own = routes.find((route) => route.provider === provider)?.path ?? "";
  const path = manual ? "/processConversation" : own;
  const answer = await pool.request({ method: "POST", path, headers, body });
  const text = await answer.body.text();
  if (manual)
    return [200, 422].includes(answer.statusCode) && !text.includes(canary) ? undefined : text;
  return answers[provider].includes(`${answer.statusCode} ${text}`)
    ? undefined
    : `HTTP ${answer.statusCode} ${text}`;
}

const usual = ['200 {"status":"ok"}'];
const lacking = (...errors: readonly string[]): string =>
  `400 {"status":"error","message":"Invalid webhook data","errors":{${errors.join()}}}`;
const [noEvent, noData] = ['"event":["Event is required"]', '"data":["Data is required"]'] as const;

/** Nothing else is ever answered to a body that proves itself. */
const answers: Readonly<Record<ProviderName, readonly string[]>> = {
  "green-api": usual,
  "whatsapp-cloud": usual,
  wazzup24: [
    '200 {"status":"success","message":"Webhook processed successfully"}',
    lacking(noEvent),
    lacking(noData),
    lacking(noEvent, noData),
  ],
  chatrace: ['200 {"messages":[],"actions":[]}'],
};

interface OperatorRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Statuses that show and change nothing. */
  readonly wanted: readonly number[];
}

const texts = [
  `{"$ne":"${canary}"}`,
  `{"$gt":""}`,
  `[$ne]=${canary}`,
  `'||'${canary}'=='`,
  `{"$where":"${canary}"}`,
  `$${canary}`,
  `a.${canary}`,
  canary,
];

/** Operators in paths, queries and headers. */
function writeRequests(): readonly OperatorRequest[] {
  const paths = providers.flatMap((provider) =>
    texts.map((text) => `/api/v1/webhooks/${provider}/${encodeURIComponent(text)}`),
  );
  const queries = ["hub.mode", "hub.verify_token", "hub.challenge"].flatMap((name) => [
    `/api/v1/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&${name}[$ne]=${canary}`,
    `/api/v1/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&${name}=${encodeURIComponent(texts[0] ?? "")}`,
  ]);
  const tokens = texts.flatMap((text) => [
    { authorization: `Bearer ${text}` },
    { "x-webhook-token": text },
    { "x-hub-signature-256": text },
  ]);
  const board = ["activeQueue", "status", "page", "jobsPerPage"].map(
    (name) =>
      `/ops/queues/api/queues?${name}[$ne]=${canary}&${name}=${encodeURIComponent(texts[0] ?? "")}`,
  );
  return [
    ...paths.map((path) => ({
      method: "POST" as const,
      path,
      headers: {},
      wanted: path.includes("wazzup24") ? [400] : [200],
    })),
    ...queries.map((path) => ({ method: "GET" as const, path, headers: {}, wanted: [400, 403] })),
    ...tokens.map((headers) => ({
      method: "POST" as const,
      path: "/webhook",
      headers,
      wanted: [401],
    })),
    ...texts.map((text) => ({
      method: "GET" as const,
      path: "/metrics",
      headers: { authorization: `Basic ${Buffer.from(`admin:${text}`).toString("base64")}` },
      wanted: [401],
    })),
    ...board.map((path) => ({
      method: "GET" as const,
      path,
      headers: { authorization: operator },
      wanted: [200, 400],
    })),
  ];
}

async function send(pool: Pool, { method, path, headers, wanted }: OperatorRequest) {
  const answer = await pool.request({
    method,
    path,
    headers,
    ...(method === "POST" ? { body: "{}" } : {}),
  });
  const text = await answer.body.text();
  if (!wanted.includes(answer.statusCode))
    return `HTTP ${answer.statusCode}: ${text.slice(0, 200)}`;
  return text.includes(canary)
    ? `the answer repeats what was asked: ${text.slice(0, 200)}`
    : undefined;
}
