import type { Advice } from "#shared/providers/provider.ts";

/** What a refusal of Green API's means for us and what a person can do about it. */
export interface Verdict {
  readonly kind: "rate" | "account" | "refused";
  readonly advice: string;
  readonly retryAfterMs?: number;
}

const expired = "Renew or replace the instance in Green API's console.";
const quota =
  "The plan's monthly quota is used up: this chat is closed until the month ends or the plan grows.";
const credentials = "Compare the channel's idInstance, token and API address with the console.";

export interface Wording extends Verdict {
  readonly status: number;
  readonly wording: string;
}

/**
 * In this order: the first wording says "try later" and names no authorization; docs/providers/green-api.md
 * shows the same (https://green-api.com/en/docs/api/common-errors/).
 */
export const wordings: readonly Wording[] = [
  {
    status: 400,
    wording: "in starting process",
    kind: "rate",
    retryAfterMs: 10_000,
    advice: "The instance is starting: it is tried again.",
  },
  {
    status: 400,
    wording: "not authorized",
    kind: "account",
    advice: "Scan the QR code again in Green API's console: the instance is not authorised.",
  },
  { status: 400, wording: "expired", kind: "account", advice: expired },
  { status: 400, wording: "is deleted", kind: "account", advice: expired },
  {
    status: 400,
    wording: "custom webhook url is set",
    kind: "rate",
    // "wait for about 1 minute", it says; five such answers, and a person is told.
    retryAfterMs: 60_000,
    advice:
      "The instance still posts to a webhook address: `channel device ID --apply-settings` empties it within 5 minutes.",
  },
  {
    status: 500,
    wording: "exceeded max upload size",
    kind: "refused",
    advice: "The file is larger than Green API takes (100 MB): send a smaller one or a link.",
  },
];

export const statuses: ReadonlyMap<number, Verdict> = new Map([
  [400, { kind: "refused", advice: "The request was malformed: check the chat id and the text." }],
  [401, { kind: "account", advice: credentials }],
  [403, { kind: "account", advice: credentials }],
  [404, { kind: "refused", advice: "The method is not known there: check the API address." }],
  [429, { kind: "rate", advice: "Slowed down: more calls a second than the method takes." }],
  [466, { kind: "refused", advice: quota }],
]);

/** Looks an answer up, by wording first; undefined leaves open whether it went. */
export const findVerdict = (status: number, text: string): Verdict | undefined => {
  const said = text.toLowerCase();
  const worded = wordings.find((one) => one.status === status && said.includes(one.wording));
  return worded ?? statuses.get(status);
};

export const advices: ReadonlyMap<string, string> = new Map([
  ["noAccount", "The number has no WhatsApp account."],
  ["notInGroup", "Our number is not a member of that group."],
  ["failed", "WhatsApp did not take the message: see the instance's state in the console."],
  ["fail", "WhatsApp did not take the message: see the instance's state in the console."],
  ["yellowCard", "WhatsApp brakes the number for spam: pause, reboot the instance, send less."],
  ["SWE001", "The message could not be decrypted: ask the customer to send it again."],
  ["SWE002", "The file is larger than 100 MB: ask for a smaller one or a link."],
  ["SWE003", "The message could not be decrypted: ask the customer to send it again."],
]);

/** For a status word in a receipt, or a status of HTTP. */
export const advise = (code: number | string): Advice => {
  const verdict = statuses.get(Number(code));
  const advice = advices.get(String(code)) ?? verdict?.advice;
  return {
    retryable: verdict?.kind === "rate",
    advice: advice ?? "Green API's page of common errors says more.",
  };
};
