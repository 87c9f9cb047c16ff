import type { Finding } from "#shared/domain/finding.ts";

const mostSkewMs = 30_000;

/** Our clock next to the provider's, by the `Date` header of its answer. */
export function clockFinding(date: string | undefined, now: Date): readonly Finding[] {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return [];
  const check = "clock";
  const seconds = Math.round((now.getTime() - theirs) / 1000);
  if (Math.abs(seconds) * 1000 <= mostSkewMs)
    return [{ check, state: "ok", says: "The clocks agree." }];
  const says = `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}.`;
  return [{ check, state: "warn", says, fix: "Let NTP keep the clock: hold windows rest on it." }];
}
