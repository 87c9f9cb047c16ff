export interface WazzupChannel {
  readonly channelId: string;
  /** whatsapp, wapi, instagram, tgapi, telegram, vk, avito, viber, max, maxbot. */
  readonly transport: string;
  /** Its phone number or account name. */
  readonly plainId: string;
}

export interface WazzupOptions {
  readonly host?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly apiKey?: string;
  /** The first is the one that customers write to. */
  readonly channels?: readonly WazzupChannel[];
  readonly webhookUrl?: string;
  /** Sent as `Authorization: Bearer …`; empty: no header at all. */
  readonly crmKey?: string;
  /** Sends by the API come back as echoes, as some accounts were seen to do. */
  readonly echo?: boolean;
  /** How long a crmMessageId is remembered. */
  readonly keyWindowMs?: number;
  /** 500 requests in 5 s, then 429. */
  readonly isLimited?: boolean;
  /** Between `sent` and the further receipts. */
  readonly statusGapMs?: number;
  /** Receipts of the same so many ms share one webhook. */
  readonly statusBatchMs?: number;
  /** Pauses before a webhook that got no 200 is posted again. */
  readonly retryGapsMs?: readonly number[];
  readonly webhookTimeoutMs?: number;
  readonly ledgerFile?: string;
  readonly now?: () => number;
}

export type WazzupConfig = ReturnType<typeof readOptions>;

const demoChannel: WazzupChannel = {
  channelId: "11111111-1111-4111-8111-111111111111",
  transport: "whatsapp",
  plainId: "447700900001",
};

export function readOptions(options: WazzupOptions) {
  return {
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    apiKey: options.apiKey ?? "demo-wazzup24-key",
    channels: options.channels ?? [demoChannel],
    webhookUrl: options.webhookUrl ?? "",
    crmKey: options.crmKey ?? "",
    echo: options.echo ?? false,
    keyWindowMs: options.keyWindowMs ?? 60_000,
    isLimited: options.isLimited ?? false,
    statusGapMs: options.statusGapMs ?? 10,
    statusBatchMs: options.statusBatchMs ?? 0,
    retryGapsMs: options.retryGapsMs ?? [100, 1000, 5000, 30_000],
    webhookTimeoutMs: options.webhookTimeoutMs ?? 30_000,
    ledgerFile: options.ledgerFile,
    now: options.now ?? Date.now,
  };
}
