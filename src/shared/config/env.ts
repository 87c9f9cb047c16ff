import ipaddr from "ipaddr.js";
import { z } from "zod";

const milliseconds = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((value) => value === "true");
const list = z
  .string()
  .default("")
  .transform((value) =>
    value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );
const seconds = (fallback: string) =>
  z
    .string()
    .regex(/^\d+(,\d+)*$/, "must be seconds with commas between them")
    .default(fallback)
    .transform((text) => text.split(",").map(Number));
const origins = list.pipe(
  z.array(z.url({ protocol: /^https?$/, error: "must be addresses like http://crm.local:8080" })),
);
const secret = z.string().min(1).exactOptional();
/** A comma within a key is written with a backslash before it. */
const splitKeys = (text: string): string[] =>
  text
    .split(/(?<!\\),/)
    .map((key) => key.trim().replaceAll("\\,", ","))
    .filter((key) => key !== "");
const encryptionKey = z.string().min(32, "must have 32 characters or more");
/** The names that Express knows for networks; `true` would believe anybody. */
const networks: ReadonlySet<string> = new Set(["loopback", "linklocal", "uniquelocal"]);
const isNetwork = (entry: string): boolean =>
  networks.has(entry) || ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry);

/** Every setting, with the name operators write. `.env.example` explains each in one line. */
export const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).exactOptional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  REDIS_PREFIX: z.string().min(1).default("switchboard"),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, "must start with mongodb://"),
  ENCRYPTION_KEY: encryptionKey,
  ENCRYPTION_KEYS_OLD: z.string().default("").transform(splitKeys).pipe(z.array(encryptionKey)),
  ACCEPT: z.enum(["journal", "queue"]).default("journal"),
  TRUST_PROXY: list.refine(
    (entries) => entries.every(isNetwork),
    "must be addresses, networks (10.0.0.0/8), loopback, linklocal or uniquelocal",
  ),
  WHATSAPP_API_URL: z.url().default("https://graph.facebook.com/v24.0"),
  WHATSAPP_VERIFY_TOKEN: secret,
  WHATSAPP_APP_SECRET: list,
  GREEN_API_URL: z.url().default("https://api.green-api.com"),
  WEBHOOK_SECRET: list,
  WAZZUP24_API_URL: z.url().default("https://api.wazzup24.com/v3"),
  CHATRACE_API_URL: z.url().default("https://api.chatrace.com"),
  OPS_USER: z.string().min(1).default("admin"),
  OPS_PASSWORD: secret,
  OPS_QUEUES_WRITE: flag,
  ADMIN_EMAIL: z.email().toLowerCase().exactOptional(),
  ADMIN_PASSWORD: z.string().min(10, "must have 10 characters or more").exactOptional(),
  ADMIN_TENANT: z
    .string()
    .regex(/^[\w.-]{1,64}$/, "takes letters, digits, _ . and -, at most 64")
    .default("default"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"]).default("json"),
  LOG_CONTENT: z.enum(["masked", "full"]).exactOptional(),
  WORKER_CONCURRENCY: count(100),
  JOURNAL_TIMEOUT_MS: milliseconds(1500),
  WAKE_TIMEOUT_MS: milliseconds(500),
  HOLD_MS: z.coerce.number().int().min(0).exactOptional(),
  CLAIM_MS: milliseconds(60_000),
  CLAIM_MARGIN_MS: milliseconds(20_000),
  SEND_TIMEOUT_MS: milliseconds(15_000),
  RECONCILE_EVERY_MS: milliseconds(5000),
  UNKNOWN_HOLDS_MS: milliseconds(30_000),
  ABSENT_AFTER_MS: z.coerce.number().int().min(0).exactOptional(),
  RECEIPT_SILENCE_MS: milliseconds(120_000),
  DRAIN_BUDGET_MS: milliseconds(5000),
  POLL_LEASE_MS: z.coerce.number().int().min(1000).default(30_000),
  POLL_WAIT_MS: z.coerce.number().int().min(1000).max(60_000).default(20_000),
  DOCTOR_EVERY_MS: z.coerce.number().int().min(0).default(3_600_000),
  HEAL_EVERY_MS: milliseconds(600_000),
  HEAL_AFTER_MS: milliseconds(120_000),
  HEAL_ANSWER_MS: milliseconds(900_000),
  SWEEP_EVERY_MS: milliseconds(5000),
  SWEEP_AFTER_MS: milliseconds(10_000),
  SWEEP_ALONE_AFTER_MS: milliseconds(60_000),
  LOCK_MS: milliseconds(15_000),
  STALLED_EVERY_MS: milliseconds(5000),
  HANDBACK_AFTER_MS: milliseconds(3_600_000),
  LOOP_REPLIES: z.coerce.number().int().min(0).default(50),
  LOOP_MS: milliseconds(5 * 60_000),
  HANDBACK_KEYWORDS: list,
  PIPELINE_NAME: z.string().trim().min(1).default("Sales"),
  PIPELINE_STAGES: list
    .refine((names) => names.length > 0, "must name a stage")
    .default(["New", "Working", "Offer"]),
  PIPELINE_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be three capital letters")
    .default("RUB"),
  CRM_RETRY_S: seconds("5,300,1800,7200,18000,36000,50400,72000,86400,86400,86400"),
  CRM_DISABLE_AFTER_MS: milliseconds(5 * 86_400_000),
  TRUSTED_URLS: origins.transform((urls) => urls.map((url) => new URL(url).origin)),
  WEBHOOKS_KEPT_MS: milliseconds(30 * 86_400_000),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an address like https://switchboard.example.com" })
    .transform((url) => url.replace(/\/+$/, ""))
    .exactOptional(),
  MEDIA_MAX_BYTES: count(100 * 1024 * 1024),
  MEDIA_TIMEOUT_MS: count(120_000),
  MEDIA_RETRY_S: seconds("5,30,120,600,3600"),
  MEDIA_LINK_MS: count(15 * 60_000),
  MEDIA_KEPT_MS: count(365 * 86_400_000),
  ACCESS_TOKEN_MS: milliseconds(15 * 60_000),
  SIGN_IN_KEPT_MS: milliseconds(30 * 86_400_000),
  LIVE_CHECK_MS: milliseconds(10_000),
  LOGIN_PREFIX: z.string().trim().min(1).max(50).default("AMT LOGIN"),
  LOGIN_ATTEMPT_MS: milliseconds(5 * 60_000),
  LOGIN_DONE_TEXT: z.string().min(1).default("Вход подтверждён, вернитесь на страницу"),
  LOGIN_UNKNOWN_TEXT: z.string().min(1).default("Номер не зарегистрирован в системе"),
  LOGIN_EXPIRED_TEXT: z.string().min(1).default("Код входа устарел, обновите страницу"),
  HEARTBEAT_MS: milliseconds(5000),
  SHUTDOWN_MS: milliseconds(25_000),
});

export type Config = z.infer<typeof settings>;

const contentByFormat = { json: "masked", pretty: "full" } as const;

/** Whether numbers and texts may stand in the log. */
export const showsContent = ({ LOG_CONTENT, LOG_FORMAT }: Config): boolean =>
  (LOG_CONTENT ?? contentByFormat[LOG_FORMAT]) === "full";

/** The keys of sealed fields, the one that seals first. */
export const encryptionKeysOf = ({
  ENCRYPTION_KEY,
  ENCRYPTION_KEYS_OLD,
}: Pick<Config, "ENCRYPTION_KEY" | "ENCRYPTION_KEYS_OLD">): readonly string[] => [
  ENCRYPTION_KEY,
  ...ENCRYPTION_KEYS_OLD,
];

/** Reads the settings; every fault at once, each with the setting's name. */
export function parseEnv(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = settings.safeParse(given);
  if (parsed.success) return checkTimes(parsed.data);
  const faults = parsed.error.issues.map(
    ({ path, message }) =>
      `  ${path.join(".")}: ${given[String(path[0])] === undefined ? "is missing" : message}`,
  );
  throw new SettingsError(faults);
}

/** Exactly the settings that are wrong, and what to do about it. */
export class SettingsError extends Error {
  constructor(faults: readonly string[]) {
    super(`Settings are wrong or missing (see .env.example):\n${faults.join("\n")}`);
    this.name = "SettingsError";
  }
}

/** A send must end inside its claim, or two workers could send at once. */
function checkTimes(config: Config): Config {
  const faults = [];
  if (config.SEND_TIMEOUT_MS >= config.CLAIM_MARGIN_MS)
    faults.push("  SEND_TIMEOUT_MS: must be shorter than CLAIM_MARGIN_MS");
  if (config.CLAIM_MARGIN_MS >= config.CLAIM_MS)
    faults.push("  CLAIM_MARGIN_MS: must be shorter than CLAIM_MS");
  if (faults.length > 0) throw new SettingsError(faults);
  return config;
}

/** The only reader of process.env: returns the settings or prints every fault and exits with 1. */
export function readEnv(): Config {
  try {
    return parseEnv(process.env);
  } catch (error) {
    return exitWith(error);
  }
}

function exitWith(error: unknown): never {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
