import type { Reconciled, SendOutcome } from "#shared/domain/outcome.ts";
import { hideToken } from "#shared/providers/outcomes.ts";
import type { ReconcileCall } from "#shared/providers/provider.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import { prepareMessage } from "./post-message.ts";

/**
 * Wazzup refuses a crmMessageId twice within 60 s, so that until then the same message is posted once more: it
 * arrives now, or it had arrived. A call takes 15 s at most; the rest is for clocks that differ.
 */
const repeatableMs = 40_000;

/** Asks by repeating, for as long as that cannot double; after that receipts and echoes tell. */
export const reconcile = async (call: ReconcileCall): Promise<Reconciled> => {
  if (call.command.type === "read") return { kind: "absent" };
  if (call.ageMs() >= repeatableMs) return tooLate;
  const { token } = call.account;
  try {
    const prepared = await prepareMessage(call);
    if ("refused" in prepared) return explain(hideToken(prepared.refused, token));
    // A pause may lie before this: nothing leaves when the window may be over.
    if (call.ageMs() >= repeatableMs) return tooLate;
    const outcome = await prepared.post();
    if (outcome.kind === "sent") return { ...outcome, kind: "arrived" };
    return explain(hideToken(outcome, token));
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return silent(error.message);
  }
};

const silent = (reason: string): Reconciled => ({ kind: "silent", reason });

/** What is no success proves nothing of the attempt before. */
const explain = (outcome: SendOutcome): Reconciled =>
  silent("reason" in outcome ? outcome.reason : "Wazzup24 asks to slow down");

const tooLate = silent("Wazzup24 can be asked for a minute only; a receipt or echo may tell yet");
