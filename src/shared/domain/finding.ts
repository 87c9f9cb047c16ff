/** One thing that was looked at on a channel. */
export interface Finding {
  /** `token`, `secret`, `silence` …: the same word each time. */
  readonly check: string;
  readonly state: "ok" | "warn" | "fail";
  readonly says: string;
  /** What a person can do about it. */
  readonly fix?: string;
}
