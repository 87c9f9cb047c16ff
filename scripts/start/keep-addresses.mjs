// Where this start's servers are, so that the command line finds them from another terminal.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const kept = [
  "REDIS_URL",
  "MONGODB_URI",
  "ENCRYPTION_KEY",
  "WHATSAPP_API_URL",
  "GREEN_API_URL",
  "WAZZUP24_API_URL",
  "CHATRACE_API_URL",
];

/** Writes the settings that `npm run switchboard` reads where the environment has none of its own. */
export function keepAddresses(env, dataDir) {
  const lines = kept
    .filter((name) => env[name])
    .map((name) => `${name}=${JSON.stringify(env[name])}`);
  writeFileSync(join(dataDir, "env"), `${lines.join("\n")}\n`, { mode: 0o600 });
}
