export interface GreenApiOptions {
  readonly host?: string;
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly idInstance?: string;
  readonly token?: string;
  /** The instance's own account. */
  readonly wid?: string;
  /** Absent or empty: notifications wait for `receiveNotification`. */
  readonly webhookUrl?: string;
  /** Sent as `Authorization: Bearer …`; empty: no header. */
  readonly webhookToken?: string;
  /** How long a message waits in the queue before it is sent. */
  readonly delaySendMessagesMilliseconds?: number;
  /** Echo of API sends (`outgoingAPIMessageReceived`). */
  readonly echo?: boolean;
  /** Numbers without WhatsApp. */
  readonly missingNumbers?: readonly string[];
  /** The documented requests a second and method, then 429. */
  readonly methodLimits?: boolean;
  /** Between `sent` and the further receipts. */
  readonly statusGapMs?: number;
  /** Pause before the same notification is posted again; 60 s at Green API. */
  readonly webhookRetryMs?: number;
  readonly webhookTimeoutMs?: number;
  /** How long one second of `receiveTimeout` lasts. */
  readonly pollSecondMs?: number;
  readonly ledgerFile?: string;
  readonly now?: () => number;
}

export type GreenApiConfig = ReturnType<typeof readOptions>;

export function readOptions(options: GreenApiOptions) {
  return {
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    idInstance: options.idInstance ?? "1101999001",
    token: options.token ?? "demo-green-token",
    wid: options.wid ?? "447700900001@c.us",
    webhookUrl: options.webhookUrl ?? "",
    webhookToken: options.webhookToken ?? "",
    delaySendMessagesMilliseconds: options.delaySendMessagesMilliseconds ?? 5,
    echo: options.echo ?? false,
    missingNumbers: options.missingNumbers ?? [],
    methodLimits: options.methodLimits ?? false,
    statusGapMs: options.statusGapMs ?? 10,
    webhookRetryMs: options.webhookRetryMs ?? 100,
    webhookTimeoutMs: options.webhookTimeoutMs ?? 180_000,
    pollSecondMs: options.pollSecondMs ?? 1000,
    ledgerFile: options.ledgerFile,
    now: options.now ?? Date.now,
  };
}
