import type { Attempt, Claim, LaneItem } from "#shared/models/lane-items.ts";
import type { Models } from "#shared/models/open-models.ts";
import { insist } from "#workers/lanes/insist.ts";
import type { LanePorts, LaneSettings } from "#workers/lanes/ports.ts";
import { waitFor } from "#workers/lanes/step.ts";

/** Another was first: what it does with the claim is to be looked at soon. */
export const lostClaim = waitFor(50);

type ClaimPorts = Pick<LanePorts, "now" | "newId" | "sleep"> & {
  readonly settings: Pick<LaneSettings, "claimMs" | "marginMs">;
};

type Claimable = Pick<Models["outgoing"], "claim" | "requeue">;

/**
 * Takes the next attempt of an item; undefined when another was first. The claim that was written is the
 * claim that holds: it is never read back from the document.
 */
export async function takeClaim(
  ports: ClaimPorts,
  items: Claimable,
  item: Pick<LaneItem, "_id" | "attempt">,
): Promise<Claim | undefined> {
  const claim = makeClaim(ports, item);
  try {
    return (await items.claim(item._id, claim)) ? claim : undefined;
  } catch (error) {
    // The lost claim may stand: nothing left for it, so it is given back rather than ending unknown.
    const reason = "the database did not answer the claim";
    await insist(ports, () => items.requeue(item._id, ownAttempt(claim), claim.claimedAt, reason));
    throw error;
  }
}

function makeClaim(
  { now, newId, settings }: ClaimPorts,
  { attempt }: Pick<LaneItem, "attempt">,
): Claim {
  const at = now();
  return {
    attempt: attempt + 1,
    token: newId(),
    claimedAt: new Date(at),
    claimUntil: new Date(at + settings.claimMs),
  };
}

/** Whoever made the call knows how it went, also after its claim ran out and others thought it unknown. */
export const ownAttempt = ({ attempt, token }: Claim): Attempt => ({
  states: ["sending", "unknown"],
  attempt,
  claim: token,
});

/** Asked right before the call: a pause until here may have outlived the claim. */
export const isRunOut = ({ now, settings }: ClaimPorts, { claimUntil }: Claim): boolean =>
  now() >= claimUntil.getTime() - settings.marginMs;
