/** What a refusal of Chatrace's means for us and what a person can do about it. */
export interface Verdict {
  readonly kind: "rate" | "account" | "refused";
  readonly advice: string;
}

const token: Verdict = {
  kind: "account",
  advice: "Copy the API token from Chatrace's settings again and set it: the account refuses ours.",
};
const malformed: Verdict = {
  kind: "refused",
  advice:
    "Look at the reason: outside Instagram's 24 hours only a flow goes out (the channel's window template).",
};

/** By HTTP status, or by the code of an error that came with 200. */
const verdicts: ReadonlyMap<number, Verdict> = new Map([
  [400, malformed],
  [401, token],
  [403, token],
  [
    404,
    {
      kind: "refused",
      advice:
        "Chatrace knows no such contact or flow; if that is so for all, check the API address.",
    },
  ],
  [422, malformed],
  [429, { kind: "rate", advice: "Slowed down: more calls a minute than the account may make." }],
]);

/** Undefined leaves open whether it went. */
export const findVerdict = (code: number): Verdict | undefined => verdicts.get(code);

/** No receipts come from Chatrace: this is for codes of refused sends alone. */
export const advise = (code: number | string): { retryable: boolean; advice: string } => {
  const verdict = verdicts.get(Number(code));
  return {
    retryable: verdict?.kind === "rate",
    advice: verdict?.advice ?? "Look into the contact's chat at Chatrace.",
  };
};
