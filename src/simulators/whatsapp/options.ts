export interface BusinessNumber {
  readonly id: string;
  readonly displayPhone: string;
}

export interface WhatsappOptions {
  readonly host?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly appSecret?: string;
  readonly token?: string;
  /** The numbers of one Meta app; the first one is written to by default. */
  readonly phoneNumbers?: readonly BusinessNumber[];
  readonly wabaId?: string;
  /** Absent: no webhooks until `pointWebhooksAt`. */
  readonly webhookUrl?: string;
  /** Only these recipients are taken, as with Meta's test numbers (131030). */
  readonly allowedRecipients?: readonly string[];
  /** Known templates and their languages; absent: every template exists. */
  readonly templates?: Readonly<Record<string, readonly string[]>>;
  /** Sends a second and number, then 130429. */
  readonly ratePerSecond?: number;
  /** Sends to one customer: a burst, then one per `everyMs`, else 131056. */
  readonly pairRate?: { readonly burst: number; readonly everyMs: number };
  /** Between acceptance and `sent`, then between the further receipts. */
  readonly statusGapMs?: number;
  /** Receipts that are due within this time travel in one webhook. */
  readonly statusBatchMs?: number;
  readonly retryGapsMs?: readonly number[];
  readonly webhookTimeoutMs?: number;
  readonly ledgerFile?: string;
  readonly now?: () => number;
}

export type WhatsappSettings = ReturnType<typeof readOptions>;

export function readOptions(options: WhatsappOptions) {
  return {
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    appSecret: options.appSecret ?? "demo-app-secret",
    token: options.token ?? "demo-whatsapp-token",
    phoneNumbers: options.phoneNumbers ?? [{ id: "100000000000001", displayPhone: "12025550101" }],
    wabaId: options.wabaId ?? "200000000000002",
    webhookUrl: options.webhookUrl,
    allowedRecipients: options.allowedRecipients,
    templates: options.templates,
    ratePerSecond: options.ratePerSecond,
    pairRate: options.pairRate,
    statusGapMs: options.statusGapMs ?? 10,
    statusBatchMs: options.statusBatchMs ?? 5,
    // Meta repeats at once, then ever more rarely for days; tests need the first minute of that.
    retryGapsMs: options.retryGapsMs ?? [50, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
    webhookTimeoutMs: options.webhookTimeoutMs ?? 10_000,
    ledgerFile: options.ledgerFile,
    now: options.now ?? Date.now,
  };
}
