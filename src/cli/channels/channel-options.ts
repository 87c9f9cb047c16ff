import type { Options } from "#cli/parse-flags.ts";

/** The settings that `channel add` and `channel set` share. */
export const channelOptions = {
  name: { value: "NAME", help: "how people call it" },
  "external-id": { value: "ID", help: "the account: phone_number_id, idInstance …" },
  token: { value: "T", help: "the account's access token; sealed in the database" },
  "token-stdin": {
    help: "read the token from standard input: it stays out of the shell's history",
  },
  secret: { value: "S", many: true, help: "what webhooks must prove, newest first" },
  key: { value: "K", help: "the last part of its webhook address; made up where absent" },
  open: { value: "WHERE", help: "accept without a secret from loopback, anywhere or none" },
  "allow-from": { value: "CIDR,…", help: "addresses that webhooks may come from; none: any" },
  default: { help: "takes what names no account on the provider's shared addresses" },
  bot: { value: "ID,…", help: "the bots that answer here, by priority; none: operators only" },
  "api-url": { value: "URL", help: "the account's own API address; none: the provider-wide one" },
  delivery: {
    value: "HOW",
    help: "webhook: the provider posts; polling: we ask. A change restarts Green API",
  },
  "poll-every-ms": { value: "N", help: "between two questions; none: the provider's" },
  "poll-paths": { value: "/A,/B…", help: "where to ask, the first that answers; none" },
  "poll-header": { value: "NAME", help: "carries the token when asking; none: the provider's" },
  "poll-items": { value: "A.B", help: "where the messages stand in the answer; none: found" },
  "hold-ms": { value: "N", help: "how long a message waits for older ones; none: the provider's" },
  "per-second": { value: "N", help: "sends a second at most; none: the provider's" },
  "pair-interval-ms": {
    value: "N",
    help: "between sends to one customer; 0: no pause; none: the provider's",
  },
  "pair-burst": { value: "N", help: "sends to one customer before that pause; none" },
  "unknown-policy": { value: "P", help: "a send with unknown outcome: evidence, hold or resend" },
  "window-template": { value: "NAME", help: "replaces a reply when the window is closed; none" },
  "window-language": { value: "CODE", help: "that template's language" },
  waba: { value: "ID", help: "the WhatsApp Business Account that owns the number; none" },
  phone: { value: "NUMBER", help: "what people dial, with the country code; none" },
  "sign-in": { help: "people sign in by a message to this number" },
  "answer-crm": { help: "makes the contacts and deals that the provider asks for (Wazzup24)" },
  inactive: { help: "webhooks are kept and no bot answers" },
} as const satisfies Options;
