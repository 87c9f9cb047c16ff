/** The waits of a run: the same order among themselves as in production, shorter, so that it ends soon. */
export const shortenedTimes: Readonly<Record<string, string>> = {
  SWEEP_EVERY_MS: "1000",
  SWEEP_AFTER_MS: "3000",
  SWEEP_ALONE_AFTER_MS: "20000",
  LOCK_MS: "8000",
  STALLED_EVERY_MS: "2000",
  CLAIM_MS: "8000",
  CLAIM_MARGIN_MS: "4000",
  SEND_TIMEOUT_MS: "3000",
  RECONCILE_EVERY_MS: "500",
  UNKNOWN_HOLDS_MS: "6000",
  ABSENT_AFTER_MS: "10000",
  RECEIPT_SILENCE_MS: "10000",
  HEARTBEAT_MS: "1000",
  DOCTOR_EVERY_MS: "0",
  POLL_LEASE_MS: "6000",
};

/** Longer than a claim, shorter than a provider waits for an answer. */
export const zombieMs = 10_000;
