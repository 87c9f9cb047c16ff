import type { Rank, Reconciled } from "../../src/shared/domain/outcome.ts";
import type { Provider, ReconcileCall } from "../../src/shared/providers/provider.ts";
import { normalizeBody } from "./bodies.ts";
import { answerCall } from "./provider-call.ts";
import { takeSend, type SendDeps } from "./provider-send.ts";
import type { Process } from "./processes.ts";

export interface ProviderDeps extends SendDeps {
  readonly holdMs: number;
}

const ranks: ReadonlyMap<string, Rank | "failed"> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["failed", "failed"],
]);

/** The provider as one process reaches it. */
export function createProvider(deps: ProviderDeps, process: Process): Provider {
  const { evidence, holdMs, absentAfterMs } = deps;
  const canBeAsked = evidence === "ask";
  return {
    name: "simulated",
    defaults: { holdMs, perSecond: 80, ...(canBeAsked ? { absentAfterMs } : {}) },
    evidence,
    authorize: () => true,
    peek: () => [],
    normalize: normalizeBody,
    rankOf: (status) => ranks.get(status),
    accountEffect: () => undefined,
    send: (call) => takeSend(deps, process, call),
    advise: () => ({ retryable: true, advice: "" }),
    ...(canBeAsked ? { reconcile: (call: ReconcileCall) => reconcile(deps, process, call) } : {}),
    handshake: () => ({ status: 200, type: "text", body: "" }),
  };
}

const slackMs = 5000;

/** Looks into the listing, which may lag; what belongs to another send of ours is not this one. */
async function reconcile(
  deps: ProviderDeps,
  process: Process,
  call: ReconcileCall,
): Promise<Reconciled> {
  const { command, to, since } = call;
  const text = command.type === "text" ? command.text : "";
  const listed = await answerCall<readonly string[] | undefined>(deps, process, {
    point: "provider.ask",
    detail: () => `${to} "${text}"`,
    serve: (fault) =>
      fault === undefined
        ? deps.ledger.list({ to, text, since: since - slackMs, now: deps.scheduler.now() })
        : undefined,
    timedOut: undefined,
  });
  if (listed === undefined) return { kind: "silent", reason: "the provider did not answer" };
  for (const providerMessageId of listed)
    if (!(await call.isTaken(providerMessageId))) return { kind: "arrived", providerMessageId };
  return { kind: "absent" };
}
