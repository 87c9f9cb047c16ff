import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** True when any offer is any secret; the time tells neither content nor length. */
export const matchesAny = (offers: readonly string[], secrets: readonly string[]): boolean => {
  const wanted = secrets.filter((secret) => secret !== "").map(digest);
  let isMatch = false;
  for (const offer of offers.map(digest)) {
    for (const secret of wanted) isMatch = timingSafeEqual(offer, secret) || isMatch;
  }
  return isMatch;
};
