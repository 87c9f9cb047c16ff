import { callRequest, mayRepeat, type Called } from "#shared/crm/call-request.ts";
import type { CrmWork } from "#shared/domain/crm.ts";
import type { CrmAction, Try } from "#shared/models/crm-actions.ts";
import type { Attempt, Claim } from "#shared/models/lane-items.ts";
import { isRunOut, lostClaim, ownAttempt, takeClaim } from "#workers/lanes/claim.ts";
import { describeTry } from "#workers/lanes/crm/describe-try.ts";
import type { CrmPorts } from "#workers/lanes/crm/ports.ts";
import { insist } from "#workers/lanes/insist.ts";
import { closedBy, waitFor, type LaneStep } from "#workers/lanes/step.ts";

type RequestWork = Extract<CrmWork, { kind: "request" }>;

const firstRetryMs = 500;

/** claim → call → the answer into the journal → settle: a scenario waits for it. */
export async function callForScenario(
  ports: CrmPorts,
  action: CrmAction,
  work: RequestWork,
): Promise<LaneStep> {
  if (leftMs(ports, work) <= 0)
    return giveUp(ports, { action, work }, queuedOf(action), "there was no time left to call");
  const claim = await takeClaim(ports, ports.actions, action);
  if (claim === undefined) return lostClaim;
  const called = await call(ports, work, claim);
  ports.count("request", called.kind);
  const tried = describeTry(ports, claim, called);
  if (called.kind === "answered") {
    const { isOk, values } = called;
    await answer(ports, action, { waitId: work.waitId, isOk, values });
    return close(ports, { action, of: ownAttempt(claim), tried, isOk });
  }
  if (called.kind === "unknown" && !mayRepeat(work.request))
    return giveUp(ports, { action, work, tried }, ownAttempt(claim), called.reason);
  const pauseMs = firstRetryMs * 2 ** (claim.attempt - 1);
  if (leftMs(ports, work) <= pauseMs)
    return giveUp(ports, { action, work, tried }, ownAttempt(claim), called.reason);
  const notBefore = new Date(ports.now() + pauseMs);
  await insist(ports, () => ports.actions.retry(action._id, ownAttempt(claim), notBefore, tried));
  return waitFor(pauseMs);
}

/** Whoever called died: again only what may be repeated, else the scenario is told that it failed. */
export async function reconcileRequest(
  ports: CrmPorts,
  action: CrmAction,
  work: RequestWork,
): Promise<LaneStep> {
  const of = { states: ["unknown"], attempt: action.attempt } as const;
  const reason = "it is not known whether the request arrived";
  if (!mayRepeat(work.request) || leftMs(ports, work) <= 0)
    return giveUp(ports, { action, work }, of, reason);
  await ports.actions.requeue(action._id, of, new Date(ports.now()), reason);
  return waitFor(0);
}

const leftMs = ({ now }: CrmPorts, { until }: RequestWork): number => Date.parse(until) - now();

async function call(ports: CrmPorts, work: RequestWork, claim: Claim): Promise<Called> {
  if (isRunOut(ports, claim))
    return { kind: "unreached", reason: "the claim ran out before the call" };
  const { request } = work;
  const timeoutMs = Math.min(ports.settings.sendTimeoutMs, leftMs(ports, work));
  return callRequest({
    http: ports.http,
    request,
    guarded: !ports.isTrusted(request.url),
    signal: AbortSignal.timeout(Math.max(timeoutMs, 1)),
  });
}

const queuedOf = ({ attempt }: CrmAction): Attempt => ({ states: ["queued"], attempt });

interface GivenUp {
  readonly action: CrmAction;
  readonly work: RequestWork;
  readonly tried?: Try;
}

async function giveUp(
  ports: CrmPorts,
  { action, work, tried }: GivenUp,
  of: Attempt,
  reason: string,
): Promise<LaneStep> {
  await answer(ports, action, { waitId: work.waitId, isOk: false, values: {} });
  return close(ports, {
    action,
    of,
    isOk: false,
    reason,
    ...(tried === undefined ? {} : { tried }),
  });
}

/** Before the action is closed: nobody comes back to it. The first answer is the one that counts. */
const answer = (
  ports: CrmPorts,
  action: CrmAction,
  told: { waitId: string; isOk: boolean; values: Readonly<Record<string, string>> },
): Promise<unknown> =>
  insist(ports, () =>
    ports.journalAnswer(action, { kind: "crm_answer", chatId: action.peer, ...told }),
  );

interface Closed {
  readonly action: CrmAction;
  readonly of: Attempt;
  readonly isOk: boolean;
  readonly tried?: Try;
  readonly reason?: string;
}

async function close(
  ports: CrmPorts,
  { action, of, isOk, tried, reason = tried?.reason }: Closed,
): Promise<LaneStep> {
  const at = new Date(ports.now());
  const state = isOk ? "sent" : "failed";
  const settled = { state, at, ...(reason === undefined ? {} : { reason }) } as const;
  ports.log[isOk ? "info" : "warn"]({
    event: "request.settled",
    actionId: action._id,
    outcome: state,
    ...(tried?.status === undefined ? {} : { status: tried.status }),
    ...(reason === undefined ? {} : { reason }),
  });
  return closedBy(await insist(ports, () => ports.actions.settle(action._id, of, settled, tried)));
}
