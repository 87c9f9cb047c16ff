/** What a code of Wazzup's means for us and what a person can do about it. */
export interface Verdict {
  /** In the spelling of Wazzup's pages. */
  readonly code: string;
  readonly kind: "arrived" | "account" | "refused" | "unknown";
  readonly advice: string;
}

/** Codes come in several spellings: REPEATED_CRM_MESSAGE_ID, repeatedCrmMessageId. */
export const normalizeCode = (code: string): string => code.toUpperCase().replaceAll("_", "");

const text = "Shorten the text, or split it into several messages.";
const file = "Send a smaller file of a kind that this messenger takes.";
const content = "A message has either a text or a file, and one of them is not empty.";
const mismatch =
  "The chat is not one of this channel's messenger: write through the right channel.";
const contact = "The messenger has no such account: check the customer's number or name.";
const closed =
  "The messenger's window is closed: send an approved template, or wait for the customer.";
const changing = "The message can no longer be changed.";
const comment = "Instagram takes no such answer to this comment.";
const support =
  "Wazzup could not say what was wrong: it is tried again; if it stays, ask their support.";

const refusals: Readonly<Record<string, string>> = {
  INVALID_MESSAGE_DATA: "The request was malformed: check the channel's id, the chat and the text.",
  VALIDATION_ERROR: "The request was malformed: check the channel's id, the chat and the text.",
  WRONG_TRANSPORT: mismatch,
  MESSAGES_ABNORMAL_SEND: mismatch,
  MESSAGES_INVALID_CONTACT_TYPE: mismatch,
  MESSAGE_WRONG_CONTENT_TYPE: file,
  MESSAGE_ONLY_TEXT_OR_CONTENT: content,
  MESSAGES_ONLY_TEXT_OR_CONTENT: content,
  MESSAGE_NOTHING_TO_SEND: content,
  MESSAGES_CONTENT_CAN_NOT_BE_BLANK: content,
  MESSAGES_TEXT_CAN_NOT_BE_BLANK: content,
  MESSAGE_TEXT_TOO_LONG: text,
  MESSAGES_TOO_LONG_INSTAGRAM: text,
  MESSAGES_TOO_LONG_TELEGRAM: text,
  MESSAGES_TOO_LONG_VIBER: text,
  MESSAGES_TOO_LONG_WABA: text,
  MESSAGES_TOO_LONG_WABA_HEADER: text,
  MESSAGES_TOO_LONG_WABA_TEMPLATE: text,
  MESSAGES_CONTENT_SIZE_EXCEEDED: file,
  MESSAGES_CONTENT_SIZE_EXCEEDED_WABA: file,
  MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM: file,
  MESSAGE_DOWNLOAD_CONTENT_ERROR:
    "Wazzup could not fetch the file: its link must be public and lead there without a redirect.",
  MESSAGES_NOT_TEXT_FIRST: "The Inbox tariff does not let you write first: wait for the customer.",
  REFERENCE_MESSAGE_NOT_FOUND: "The quoted message is not there: send it without a quote.",
  TEMPLATE_REJECTED: "Meta has restricted the template: use another one.",
  CHAT_NO_ACCESS: "The account has no access to this chat: check the user's rights in Wazzup.",
  MESSAGES_NOT_FOUND: "Wazzup does not know the message.",
  MESSAGES_CONTAIN_BUTTONS: changing,
  MESSAGES_EDITING_TIME_EXPIRED: changing,
  MESSAGES_DELETION_TIME_EXPIRED: changing,
  CHANNEL_INVALID_TRANSPORT_FOR_EDITING: changing,
  CHANNEL_INVALID_TRANSPORT_FOR_CONTENT_EDITING: changing,
  CHANNEL_INVALID_TRANSPORT_FOR_DELETION: changing,
  // In receipts: https://wazzup24.com/help/webhooks/
  BAD_CONTACT: contact,
  CHATID_IGSID_MISMATCH: "The Instagram account was renamed: wait until the customer writes again.",
  TOO_LONG_TEXT: text,
  BAD_LINK: "Instagram lets no message with this link through: leave it out.",
  TOO_BIG_CONTENT: "The file is larger than 50 MB: send a smaller one, or a link.",
  SPAM: "The messenger took it for spam: write less often, and to people who wrote first.",
  WRONG_CONTENT: file,
  MESSAGE_CANCELLED: "Sending was stopped in Wazzup.",
  "24_HOURS_EXCEEDED": closed,
  "7_DAYS_EXCEEDED": closed,
  COMMENT_DELETED: "The comment was deleted.",
  COMMENT_ALREADY_PRIVATE_REPLIED: comment,
  COMMENT_INVALID_FOR_PRIVATE_REPLY: comment,
  COMMENT_CAN_BE_TEXT_ONLY: "A comment is answered by text alone.",
  MENTION_FORBIDDEN: "The person named in the text may not be named: leave the name out.",
  CONTENT_CONVERSION_ERROR: "The file could not be converted: send it in another format.",
  MESSAGE_DELETED: "The message was deleted by its sender.",
  CANNOT_REPLY_TO_DELETED: "The customer deleted the message that this one answers.",
  CHANNEL_REJECTED: "Meta has rejected the channel: see it in Wazzup's account.",
};

const accounts: Readonly<Record<string, string>> = {
  INVALID_API_KEY: "Compare the channel's token with the API key in Wazzup's account.",
  CHANNEL_NOT_FOUND: "Compare the channel's id with those of the account: GET /v3/channels.",
  CHANNEL_BLOCKED: "The channel is switched off in Wazzup's account: switch it on.",
  CHANNEL_NO_MONEY: "Pay for the channel in Wazzup's account.",
  CHANNEL_WAPI_REJECTED: "The WABA channel is blocked: see it in Wazzup's account.",
  CHANNEL_LIMIT_EXCEEDED: "The tariff's number of active dialogues is used up: raise it in Wazzup.",
  BALANCE_IS_EMPTY: "The WABA balance is empty: top it up in Wazzup's account.",
  MESSAGE_CHANNEL_UNAVAILABLE: "Wazzup does not reach the phone: see that it is on and online.",
  MESSAGES_IS_SPAM: "Wazzup took the message for spam: look at the texts before you send on.",
};

/** Whoever repeats these with the same crmMessageId doubles nothing: reconciling does. */
const unclear = ["MESSAGES_CAN_NOT_ADD", "UNKNOWN_ERROR", "UNKNOWN_ERROR_WITH_TRACE_ID"];

const of = (kind: Verdict["kind"], advices: Readonly<Record<string, string>>) =>
  Object.entries(advices).map(([code, advice]): [string, Verdict] => [
    normalizeCode(code),
    { code, kind, advice },
  ]);

// https://wazzup24.com/help/api-en/sending-messages/ and /help/api-en/common-errors/
const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ...of("refused", refusals),
  ...of("account", accounts),
  ...of("unknown", Object.fromEntries(unclear.map((code) => [code, support]))),
  ...of("arrived", { REPEATED_CRM_MESSAGE_ID: "" }),
]);

export const unlisted = "Wazzup's list of errors says more: search it for this code.";

/** Looks a code up, in any spelling; undefined where Wazzup's pages do not list it. */
export const findVerdict = (code: string): Verdict | undefined => verdicts.get(normalizeCode(code));

/** Failures of the moment; whatever else a receipt tells of will fail again. */
const passing: ReadonlySet<string> = new Set(
  ["UNKNOWN_ERROR", "GENERAL_ERROR", "TOO_MANY_EXT_REQS"].map(normalizeCode),
);

/** For a code in a receipt: whether the same message may be sent anew, and what to do. */
export const advise = (code: number | string): { retryable: boolean; advice: string } => {
  const retryable = passing.has(normalizeCode(String(code)));
  const advice = retryable
    ? "The messenger failed for a moment, or too much was sent at once: it is tried again."
    : (findVerdict(String(code))?.advice ?? unlisted);
  return { retryable, advice };
};
