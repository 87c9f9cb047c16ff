import type { SendOutcome } from "../../src/shared/domain/outcome.ts";
import type { Provider, SendCall } from "../../src/shared/providers/provider.ts";
import type { Action, Fault } from "./faults.ts";
import type { Ledger, Taken } from "./ledger.ts";
import { answerCall, type CallDeps } from "./provider-call.ts";
import type { Process } from "./processes.ts";

export interface SendDeps extends CallDeps {
  readonly ledger: Ledger;
  readonly evidence: Provider["evidence"];
  /** Its listing shows everything by then. */
  readonly absentAfterMs: number;
  /** Receipts and echoes go their own ways. */
  readonly tellOf: (taken: Taken) => void;
}

const timedOut: SendOutcome = { kind: "unknown", reason: "no answer in time" };

/** One message: taken into the ledger, or not, and answered truthfully, or not at all. */
export function takeSend(deps: SendDeps, process: Process, call: SendCall): Promise<SendOutcome> {
  const { command, to } = call;
  const text = command.type === "text" ? command.text : "";
  const calledAt = deps.scheduler.now();
  const take = (): SendOutcome => {
    const at = deps.scheduler.now();
    // What it takes late it lists no later: the promise counts from the call.
    const lagMs = deps.absentAfterMs * deps.draws.choose(listingLags);
    const listedAt = Math.max(at, calledAt + lagMs);
    const taken = deps.ledger.take({ to, text, callback: call.callback, at, listedAt });
    deps.tellOf(taken);
    const { providerMessageId } = taken;
    return { kind: "sent", ...(deps.evidence === "none" ? {} : { providerMessageId }) };
  };
  return answerCall(deps, process, {
    point: "provider.send",
    detail: () => `${to} "${text}"`,
    serve: (fault) => {
      if (fault === undefined) return take();
      const under = answerUnder[fault.action];
      return under === undefined ? take() : under({ deps, fault, take, calledAt });
    },
    timedOut,
  });
}

/** How late the provider's own listing shows a message, as a share of what it promises. */
const listingLags = [0, 0, 0, 0.05, 0.5, 0.99];

interface Taking {
  readonly deps: SendDeps;
  readonly fault: Fault;
  readonly take: () => SendOutcome;
  readonly calledAt: number;
}

/** What the provider itself does under a fault; any other fault leaves it alone. */
const answerUnder: Readonly<Partial<Record<Action, (taking: Taking) => SendOutcome>>> = {
  "lose the answer": takeAndBreak,
  "in part": takeAndBreak,
  "lose the answer, write later": takeLater,
  refuse: () => ({ kind: "unreached", reason: "connection refused" }),
  "one by one": () => ({ kind: "unknown", reason: "it answered 500 and took nothing" }),
  "refuse one": () => ({ kind: "refused", code: 400, reason: "not this one", advice: "" }),
  busy: ({ fault }) => ({
    kind: "rate",
    code: 429,
    scope: fault.draws.choose(["channel", "pair"] as const),
  }),
};

const broken: SendOutcome = { kind: "unknown", reason: "the connection broke" };

function takeAndBreak({ take }: Taking): SendOutcome {
  take();
  return broken;
}

/** Still within the time that the call has, and that its listing promises. */
function takeLater({ deps, fault, take, calledAt }: Taking): SendOutcome {
  const time = Math.min(
    deps.sendTimeoutMs,
    deps.evidence === "ask" ? deps.absentAfterMs : Infinity,
  );
  const left = Math.max(calledAt + time - deps.scheduler.now(), 0);
  deps.scheduler.sharp(left - fault.draws.pick(left + 1), {
    what: () => "the provider takes what it had not answered",
    run: () => void take(),
  });
  return broken;
}
