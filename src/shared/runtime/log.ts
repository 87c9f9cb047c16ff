import { destination, pino, type DestinationStream, type Logger } from "pino";
import type { Config } from "#shared/config/env.ts";

export type Log = Logger;

const secretPaths = [
  "token",
  "secret",
  "password",
  "authorization",
  "*.token",
  "*.secret",
  "*.password",
  "*.authorization",
  'headers["x-webhook-token"]',
];

/**
 * One JSON line per event, or coloured lines for people; secrets are cut out by name and by value.
 * `stream` takes the JSON lines in place of standard output.
 */
export function createLog(config: Config, name: string, stream?: DestinationStream): Log {
  const options = {
    name,
    level: config.LOG_LEVEL,
    redact: { paths: secretPaths, censor: "[redacted]" },
    hooks: { streamWrite: createScrubber(secretValues(config)) },
  };
  if (stream !== undefined) return pino(options, stream);
  if (config.LOG_FORMAT === "json") return pino(options, createBuffered());
  return pino({
    ...options,
    transport: { target: "pino-pretty", options: { ignore: "pid,hostname", singleLine: true } },
  });
}

/** A system call for many lines; what is left is written at exit and before a fatal end. */
const createBuffered = () => destination({ sync: false, minLength: 4096, periodicFlush: 100 });

const secretValues = (config: Config): readonly string[] =>
  [
    config.ENCRYPTION_KEY,
    ...config.ENCRYPTION_KEYS_OLD,
    config.OPS_PASSWORD,
    config.ADMIN_PASSWORD,
    config.WHATSAPP_VERIFY_TOKEN,
    ...config.WHATSAPP_APP_SECRET,
    ...config.WEBHOOK_SECRET,
  ].filter((value): value is string => value !== undefined && value.length >= 8);

/** Green API puts its token into the path, so a token may stand inside any text. */
function createScrubber(values: readonly string[]): (line: string) => string {
  return (line) =>
    values
      .reduce((text, value) => text.replaceAll(value, "[redacted]"), line)
      .replaceAll(/(\/waInstance\d+\/\w+\/)[^/"?\s]+/g, "$1[redacted]");
}

/** Leaves the last four digits, so that an operator can still tell two customers apart. */
export const maskPeer = (peer: string): string => peer.replace(/\d(?=\d{4})/g, "*").slice(0, 64);
