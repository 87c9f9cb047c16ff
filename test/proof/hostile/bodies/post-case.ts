import { createHmac } from "node:crypto";
import type { Pool } from "undici";
import { bytesOf, type HostileCase } from "./hostile-case.ts";
import { namesStranger } from "./check-journal.ts";
import type { OddRequest } from "./odd-requests.ts";
import type { ProviderName } from "./routes.ts";

/** The secrets that the API under test was given. */
export interface Proofs {
  readonly appSecret: string;
  readonly webhookToken: string;
  readonly crmKey: string;
  readonly opsPassword: string;
}

/** What came back; `fault` where it contradicts the claim. */
export interface Answered {
  readonly status: number;
  readonly fault: string | undefined;
}

/** Posts a case under an id that the journal keeps. */
export async function postCase(
  pool: Pool,
  proofs: Proofs,
  hostile: HostileCase,
  requestId: string,
): Promise<Answered> {
  const body = bytesOf(hostile, Math.floor(Date.now() / 1000));
  const { contentType, encoding } = hostile;
  const headers = {
    "x-request-id": requestId,
    ...proofFor(proofs, hostile, body),
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...(encoding === undefined ? {} : { "content-encoding": encoding }),
  };
  const answer = await pool.request({ method: "POST", path: hostile.route.path, headers, body });
  const text = await answer.body.text();
  const fault = faultOf(hostile, body, answer.statusCode, text);
  return { status: answer.statusCode, fault };
}

/** Sends a request of another kind. */
export async function sendOdd(pool: Pool, proofs: Proofs, odd: OddRequest): Promise<Answered> {
  const password = Buffer.from(`admin:${proofs.opsPassword}`).toString("base64");
  const headers = odd.isOperator ? { authorization: `Basic ${password}` } : {};
  const answer = await pool.request({ method: odd.method, path: odd.path, headers });
  const text = await answer.body.text();
  const { statusCode: status } = answer;
  if (status >= 500) return { status, fault: `HTTP ${status}: ${text.slice(0, 200)}` };
  // OPTIONS tells methods, nothing else.
  const isOps = odd.method !== "OPTIONS" && /^\/(ops|metrics)/.test(odd.path);
  if (isOps && !odd.isOperator && status < 400) return { status, fault: `HTTP ${status} unproven` };
  return { status, fault: findLeak(answer.headers, text) };
}

type Headers = Readonly<Record<string, string>>;

const guessed: Proofs = {
  appSecret: "guessed-secret",
  webhookToken: "guessed-token",
  crmKey: "guessed-key",
  opsPassword: "guessed-password",
};

const proofFor = (proofs: Proofs, { route, proof }: HostileCase, body: Buffer): Headers =>
  proof === "none" ? {} : proofOf(proof === "right" ? proofs : guessed, route.provider, body);

/** The header by which a provider proves itself. */
export function proofOf(proofs: Proofs, provider: ProviderName, body: string | Buffer): Headers {
  const { appSecret, webhookToken, crmKey } = proofs;
  if (provider === "green-api") return { authorization: `Bearer ${webhookToken}` };
  if (provider === "wazzup24") return { authorization: `Bearer ${crmKey}` };
  if (provider === "chatrace") return { "x-webhook-secret": webhookToken };
  const digest = createHmac("sha256", appSecret).update(body).digest("hex");
  return { "x-hub-signature-256": `sha256=${digest}` };
}

const mostBytes = 4 * 1024 * 1024;

function faultOf(hostile: HostileCase, body: Buffer, status: number, text: string) {
  const wanted = wantedStatuses(hostile, body);
  if (!wanted.includes(status))
    return `HTTP ${status} where ${wanted.join(" or ")} was due: ${text.slice(0, 200)}`;
  return findLeak({}, text);
}

function wantedStatuses({ route, proof, encoding }: HostileCase, body: Buffer): readonly number[] {
  if (body.length > mostBytes) return [413];
  if (encoding !== undefined && encoding !== "identity") return [415];
  // Its documents refuse what has neither an event nor data.
  const taken = route.provider === "wazzup24" ? [200, 400] : [200];
  if (route.isNobodys === true) return taken;
  // No secret speaks for all of Wazzup24's channels: what names a stranger is kept as nobody's.
  const isStrange = route.provider === "wazzup24" && namesStranger(body);
  if (proof !== "right") return isStrange ? [401, ...taken] : [401];
  return route.isManual === true ? [200, 422] : taken;
}

/** Nothing of the inside leaves with an answer. */
function findLeak(headers: object, text: string): string | undefined {
  if ("x-powered-by" in headers) return "the answer tells what powers it";
  return /node_modules|\bat .+:\d+:\d+\)|node:internal|Mongo\w*Error|ReplyError/.exec(text)?.[0];
}
