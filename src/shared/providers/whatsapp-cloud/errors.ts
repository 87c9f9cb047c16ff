import type { Advice } from "#shared/providers/provider.ts";

/** What an error code of Meta's means for us and what a person can do about it. */
export interface Verdict {
  readonly kind: "rate" | "pair" | "account" | "refused";
  readonly advice: string;
  readonly retryAfterMs?: number;
}

const rate = (advice: string, retryAfterMs?: number): Verdict => ({
  kind: "rate",
  advice,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});
const account = (advice: string): Verdict => ({ kind: "account", advice });
const refused = (advice: string): Verdict => ({ kind: "refused", advice });

const newToken = "Make a new permanent access token (a system user's) and set it on the channel.";
const permission = "Grant the app whatsapp_business_messaging for this WhatsApp Business Account.";
const ours = "The request was malformed: this is a fault of ours or of the flow, report it.";
const registration = "Register the number: POST /{phone_number_id}/register with its PIN.";
const testRecipients =
  "Meta's test number sends only to recipients added beforehand, up to 5: App Dashboard, WhatsApp, API Setup, field To, Manage phone number list. Add this number there and confirm its code, or use a real business number.";

/**
 * Every code that Meta documents for messages, with what to do; docs/providers/whatsapp-cloud.md shows the same
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes).
 */
export const verdicts: ReadonlyMap<number, Verdict> = new Map([
  [0, account(newToken)],
  [1, rate("Meta's API failed for a moment: nothing to do, it is tried again.")],
  [2, rate("Meta's API is away for a moment: nothing to do, it is tried again.")],
  [3, account("The app lacks a capability: check its permissions in the App Dashboard.")],
  [4, rate("The app has reached its limit of API calls: it is slowed down.")],
  [10, account(permission)],
  [33, refused("The phone number id is unknown: compare the channel's id with the App Dashboard.")],
  [100, refused(ours)],
  [190, account(newToken)],
  [
    368,
    account(
      "The account is blocked for policy violations: see Account quality in WhatsApp Manager.",
    ),
  ],
  [80007, rate("The business account has reached its limit of API calls: it is slowed down.")],
  [130429, rate("The number sends faster than Meta allows: it is slowed down.")],
  [
    130472,
    refused("Meta keeps this customer out of marketing messages for an experiment: do not repeat."),
  ],
  [130497, refused("The business may not message this country: see the account's restrictions.")],
  [131000, rate("Meta failed without a reason: it is tried again.")],
  [131005, account(permission)],
  [131008, refused(ours)],
  [131009, refused(ours)],
  [131016, rate("Meta's service is away for a moment: it is tried again.")],
  [131021, refused("The recipient is the sending number itself.")],
  [131026, refused("The customer has no WhatsApp, an old app, or has not accepted its terms.")],
  [131030, refused(testRecipients)],
  [131031, account("The account is locked: see Account quality in WhatsApp Manager.")],
  [
    131037,
    refused("Set a display name for the number in WhatsApp Manager and wait for its approval."),
  ],
  [131042, account("Add or repair the payment method in WhatsApp Manager, Billing.")],
  [131045, account("Register the number again: its certificate is wrong.")],
  [
    131047,
    refused("More than 24 hours since the customer last wrote: only a template goes through."),
  ],
  [131048, account("Too many customers blocked or reported the number: pause, and send less.")],
  [
    131049,
    refused("Meta holds marketing messages back from this customer: not again within 24 hours."),
  ],
  [131050, refused("The customer has stopped marketing messages: respect it.")],
  [131051, refused("WhatsApp does not take this type of message.")],
  [131052, refused("The customer's file could not be fetched: ask for it again.")],
  [
    131053,
    refused("The file was not taken: check its type, its size and that its link is public."),
  ],
  [
    131056,
    {
      kind: "pair",
      advice: "Too many messages to this customer: slowed down.",
      retryAfterMs: 6_000,
    },
  ],
  [131057, rate("The number is being upgraded: it is tried again in a minute.", 60_000)],
  [132000, refused("The template has another number of variables than were given.")],
  [132001, refused("There is no such approved template in this language: check both names.")],
  [132005, refused("The template with its variables filled in is too long: shorten them.")],
  [132007, refused("The template breaks Meta's policy: see why in WhatsApp Manager.")],
  [132012, refused("A variable has another format than the template says.")],
  [132015, refused("The template is paused for its low quality: edit it, or take another.")],
  [132016, refused("The template was paused too often and is disabled: make another.")],
  [132018, refused("A variable of the template has a line break, a tab or too many spaces.")],
  [132068, refused("The form is blocked: see it in WhatsApp Manager, Flows.")],
  [132069, refused("The form is throttled: see it in WhatsApp Manager, Flows.")],
  [133000, account("A former removal of the number did not end: register it anew.")],
  [133004, rate("Meta's server is away for a moment: it is tried again.")],
  [133005, account("The number's PIN is wrong: set it anew in WhatsApp Manager.")],
  [133006, account("Verify the number by its code before registering it.")],
  [133008, account("Too many wrong PINs: wait as long as the details say.")],
  [133009, account("PINs were entered too fast: wait as long as the details say.")],
  [133010, account(registration)],
  [133015, account("The number was deleted a short time ago: register it again after 5 minutes.")],
  [133016, account("Too many registrations of the number: wait 72 hours.")],
  [134011, refused("Accept WhatsApp's payment terms first.")],
  [135000, refused(ours)],
]);

const otherPermission = account("Grant the app the permissions that its token lacks.");
const otherTemplate = refused(
  "Check the template in WhatsApp Manager: name, language, approval and parameters.",
);

/** Looks a code up; undefined where Meta's pages do not list it. */
export const findVerdict = (code: number): Verdict | undefined => {
  if (code >= 200 && code <= 299) return otherPermission;
  const verdict = verdicts.get(code);
  if (verdict !== undefined) return verdict;
  return code >= 132_000 && code <= 132_016 ? otherTemplate : undefined;
};

/** Where a receipt says no more: by then the moment has mostly passed. */
const usualWaitMs = 1_000;

/** For a code in a receipt: whether the same message may be sent anew, and what to do. */
export const advise = (code: number | string): Advice => {
  const verdict = findVerdict(Number(code));
  if (verdict === undefined) return { retryable: false, advice: unlisted };
  const { kind, advice, retryAfterMs: ms = usualWaitMs } = verdict;
  if (kind === "account") return { retryable: false, advice, isAccount: true };
  if (kind === "refused") return { retryable: false, advice };
  const scope = kind === "pair" ? "pair" : "channel";
  return { retryable: true, advice, slowDown: { scope, ms } };
};

export const unlisted = "Meta's list of error codes says more: search it for this code.";
