// The settings of a start: the environment first, then what was made up once and kept, then fixed ones.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const bytes = {
  ENCRYPTION_KEY: 32,
  WHATSAPP_APP_SECRET: 24,
  WHATSAPP_VERIFY_TOKEN: 24,
  WEBHOOK_SECRET: 24,
  OPS_PASSWORD: 12,
};

/** Secrets of this checkout, readable by this user alone. The key decides whether old data can be read. */
export function keptSecrets(dataDir) {
  const file = secretsFile(dataDir);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const missing = Object.keys(bytes).filter((name) => !kept[name]);
  for (const name of missing) kept[name] = randomBytes(bytes[name]).toString("base64url");
  if (missing.length > 0) write(dataDir, kept);
  return kept;
}

/** The generated password is shown once; after that it is found in the file. */
export function passwordToShow(dataDir) {
  const kept = keptSecrets(dataDir);
  if (process.env.OPS_PASSWORD || kept.passwordWasShown) return undefined;
  write(dataDir, { ...kept, passwordWasShown: true });
  return kept.OPS_PASSWORD;
}

export function secretsFile(dataDir) {
  return join(dataDir, "secrets.json");
}

/** What every process of this start gets; a variable that is set wins, an empty one is not set. */
export function settingsFor(kept) {
  const secrets = Object.fromEntries(Object.keys(bytes).map((name) => [name, kept[name]]));
  const usual = {
    PORT: "3000",
    SIM_PHONE_PORT: "4000",
    SIM_WHATSAPP_PORT: "4010",
    SIM_GREEN_API_PORT: "4020",
    SIM_WAZZUP24_PORT: "4030",
    SIM_CHATRACE_PORT: "4040",
  };
  const ports = { ...usual, ...given(Object.keys(usual)) };
  return {
    ...secrets,
    ...ports,
    HOST: "127.0.0.1",
    OPS_USER: "admin",
    // One generated password to remember: for the operators' pages and for the first owner.
    ADMIN_EMAIL: "owner@switchboard.local",
    ADMIN_PASSWORD: kept.OPS_PASSWORD,
    ADMIN_TENANT: "demo",
    LOG_FORMAT: "pretty",
    WHATSAPP_API_URL: `http://127.0.0.1:${ports.SIM_WHATSAPP_PORT}/v24.0`,
    GREEN_API_URL: `http://127.0.0.1:${ports.SIM_GREEN_API_PORT}`,
    WAZZUP24_API_URL: `http://127.0.0.1:${ports.SIM_WAZZUP24_PORT}/v3`,
    CHATRACE_API_URL: `http://127.0.0.1:${ports.SIM_CHATRACE_PORT}`,
    SIM_WEBHOOK_BASE: `http://127.0.0.1:${ports.PORT}`,
    ...given(Object.keys(process.env)),
  };
}

function given(names) {
  return Object.fromEntries(
    names.filter((name) => process.env[name]).map((name) => [name, process.env[name]]),
  );
}

function write(dataDir, secrets) {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(secretsFile(dataDir), `${JSON.stringify(secrets, undefined, 2)}\n`, {
    mode: 0o600,
  });
}
