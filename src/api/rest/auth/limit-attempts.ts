import { createHash } from "node:crypto";
import { placeOf } from "#api/http/address.ts";
import { Problem } from "#api/rest/problem.ts";
import type { SignIns } from "#shared/models/sign-ins.ts";

const spanMs = 15 * 60_000;

/** From one place to one account; one account from anywhere; one place to any account. */
const most = { both: 10, account: 100, place: 100 } as const;

/**
 * Counts before the password is looked at, in MongoDB: the limits hold across API processes and with
 * Redis away. A stranger who guesses from elsewhere leaves the owner's own tries alone.
 */
export async function limitAttempts(
  signIns: SignIns,
  account: string,
  address: string,
  now: Date,
): Promise<{ succeed: () => Promise<void> }> {
  const span = Math.floor(now.getTime() / spanMs);
  const endsAt = new Date((span + 1) * spanMs);
  const who = createHash("sha256").update(account).digest("base64url");
  const place = placeOf(address);
  const ids = {
    both: `both|${who}|${place}|${span}`,
    account: `account|${who}|${span}`,
    place: `place|${place}|${span}`,
  };
  const [both, byAccount, byPlace] = await Promise.all([
    signIns.countAttempt(ids.both, endsAt),
    signIns.countAttempt(ids.account, endsAt),
    signIns.countAttempt(ids.place, endsAt),
  ]);
  if (both > most.both || byAccount > most.account || byPlace > most.place)
    throw tooMany(endsAt, now);
  return {
    /** What succeeded was no guess. */
    succeed: async () => {
      await Promise.all([
        signIns.forgetAttempts(ids.both),
        signIns.takeBackAttempt(ids.account),
        signIns.takeBackAttempt(ids.place),
      ]);
    },
  };
}

/** What anybody may ask for, but no place without end. */
export async function limitPlace(
  signIns: SignIns,
  what: string,
  address: string,
  now: Date,
): Promise<void> {
  const span = Math.floor(now.getTime() / spanMs);
  const endsAt = new Date((span + 1) * spanMs);
  const count = await signIns.countAttempt(`${what}|${placeOf(address)}|${span}`, endsAt);
  if (count > most.place) throw tooMany(endsAt, now);
}

const tooMany = (endsAt: Date, now: Date): Problem => {
  const seconds = Math.ceil((endsAt.getTime() - now.getTime()) / 1000);
  return new Problem(429, `Too many attempts: wait ${Math.ceil(seconds / 60)} minutes`, {
    headers: { "Retry-After": String(seconds) },
  });
};
