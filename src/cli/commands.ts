import type { Command } from "#cli/define-command.ts";

export interface CommandEntry {
  readonly summary: string;
  /** Loaded only when it is called: `normalize` and `bot run` need no database. */
  readonly load: () => Promise<Command>;
}

/** Every command by its name. */
export const commands: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    "normalize",
    {
      summary: "what webhook bodies become, one line of JSON per file",
      load: async () => (await import("#cli/commands/normalize.ts")).normalize,
    },
  ],
  [
    "channel add",
    {
      summary: "connect a provider's account",
      load: async () => (await import("#cli/commands/channel-add.ts")).channelAdd,
    },
  ],
  [
    "channel list",
    {
      summary: "the channels and their webhook addresses",
      load: async () => (await import("#cli/commands/channel-list.ts")).channelList,
    },
  ],
  [
    "channel set",
    {
      summary: "change a channel",
      load: async () => (await import("#cli/commands/channel-set.ts")).channelSet,
    },
  ],
  [
    "channel subscribe",
    {
      summary: "set the provider's webhook address to ours",
      load: async () => (await import("#cli/commands/channel-subscribe.ts")).channelSubscribe,
    },
  ],
  [
    "doctor",
    {
      summary: "what is wrong with the channels, and what to do",
      load: async () => (await import("#cli/commands/doctor.ts")).doctor,
    },
  ],
  [
    "alerts list",
    {
      summary: "what a person has to see to",
      load: async () => (await import("#cli/commands/alerts-list.ts")).alertsList,
    },
  ],
  [
    "alerts end",
    {
      summary: "mark an alert as seen to",
      load: async () => (await import("#cli/commands/alerts-end.ts")).alertsEnd,
    },
  ],
  [
    "channel device",
    {
      summary: "the phone behind a channel: state, QR code, settings, restart",
      load: async () => (await import("#cli/commands/channel-device.ts")).channelDevice,
    },
  ],
  [
    "bot import",
    {
      summary: "check a bot's flow, publish it, attach it to a channel",
      load: async () => (await import("#cli/commands/bot-import.ts")).botImport,
    },
  ],
  [
    "bot validate",
    {
      summary: "list everything that is wrong with a flow",
      load: async () => (await import("#cli/commands/bot-validate.ts")).botValidate,
    },
  ],
  [
    "bot export",
    {
      summary: "print a bot's flow",
      load: async () => (await import("#cli/commands/bot-export.ts")).botExport,
    },
  ],
  [
    "bot diff",
    {
      summary: "what two versions of a bot do otherwise",
      load: async () => (await import("#cli/commands/bot-diff.ts")).botDiff,
    },
  ],
  [
    "bot release",
    {
      summary: "say which version of a bot conversations begin with",
      load: async () => (await import("#cli/commands/bot-release.ts")).botRelease,
    },
  ],
  [
    "bot run",
    {
      summary: "talk to a flow in the terminal, without a server",
      load: async () => (await import("#cli/commands/bot-run.ts")).botRun,
    },
  ],
  [
    "send",
    {
      summary: "send a message as an operator",
      load: async () => (await import("#cli/commands/send.ts")).send,
    },
  ],
  [
    "users list",
    {
      summary: "a tenant's people",
      load: async () => (await import("#cli/commands/users-list.ts")).usersList,
    },
  ],
  [
    "users add",
    {
      summary: "add a person; the password is printed once",
      load: async () => (await import("#cli/commands/users-add.ts")).usersAdd,
    },
  ],
  [
    "users set-phone",
    {
      summary: "set a person's phone number",
      load: async () => (await import("#cli/commands/users-set-phone.ts")).usersSetPhone,
    },
  ],
  [
    "api-keys list",
    {
      summary: "a tenant's API keys",
      load: async () => (await import("#cli/commands/api-keys-list.ts")).apiKeysList,
    },
  ],
  [
    "api-keys add",
    {
      summary: "make an API key; it is printed once",
      load: async () => (await import("#cli/commands/api-keys-add.ts")).apiKeysAdd,
    },
  ],
  [
    "api-keys revoke",
    {
      summary: "end an API key",
      load: async () => (await import("#cli/commands/api-keys-revoke.ts")).apiKeysRevoke,
    },
  ],
  [
    "keys re-encrypt",
    {
      summary: "seal stored tokens anew after ENCRYPTION_KEY changed",
      load: async () => (await import("#cli/commands/keys-re-encrypt.ts")).keysReEncrypt,
    },
  ],
  [
    "openapi",
    {
      summary: "the REST API's OpenAPI document",
      load: async () => (await import("#cli/commands/openapi.ts")).openapi,
    },
  ],
  [
    "contacts import",
    {
      summary: "take contacts from a CSV file",
      load: async () => (await import("#cli/commands/contacts-import.ts")).contactsImport,
    },
  ],
  [
    "contacts export",
    {
      summary: "write contacts into a CSV file",
      load: async () => (await import("#cli/commands/contacts-export.ts")).contactsExport,
    },
  ],
  [
    "media retry",
    {
      summary: "fetch a file once more that was given up",
      load: async () => (await import("#cli/commands/media-retry.ts")).mediaRetry,
    },
  ],
  [
    "demo",
    {
      summary: "create the demo tenant, channels and bot that npm start uses",
      load: async () => (await import("#cli/commands/demo.ts")).demo,
    },
  ],
]);
