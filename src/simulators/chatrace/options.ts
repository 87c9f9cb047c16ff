export interface ChatraceOptions {
  readonly host?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  /** page_id of the account. */
  readonly accountId?: string;
  readonly token?: string;
  /** Where the default reply's External Request posts; absent or empty: nobody set one up. */
  readonly webhookUrl?: string;
  /** Sent as X-Webhook-Secret; empty: no header. */
  readonly webhookSecret?: string;
  /** Ids of the flows that can be sent. */
  readonly flows?: readonly string[];
  readonly webhookTimeoutMs?: number;
  readonly ledgerFile?: string;
  readonly now?: () => number;
}

export type ChatraceConfig = ReturnType<typeof readOptions>;

export function readOptions(options: ChatraceOptions) {
  return {
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    accountId: options.accountId ?? "1543000",
    token: options.token ?? "demo-chatrace-token",
    webhookUrl: options.webhookUrl ?? "",
    webhookSecret: options.webhookSecret ?? "",
    flows: options.flows ?? ["11111"],
    webhookTimeoutMs: options.webhookTimeoutMs ?? 10_000,
    ledgerFile: options.ledgerFile,
    now: options.now ?? Date.now,
  };
}
