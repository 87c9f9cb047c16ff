// What a person needs now: where everything is, and one line to try it.
import { passwordToShow, secretsFile } from "./settings.mjs";

/** Prints it; the generated password only the first time. */
export function sayReady({ env, dataDir }) {
  const api = `http://127.0.0.1:${env.PORT}`;
  const whatsapp = `http://127.0.0.1:${env.SIM_WHATSAPP_PORT}`;
  const rows = [
    ["A customer's phone", `http://127.0.0.1:${env.SIM_PHONE_PORT}/`],
    ["API", api],
    ["REST API", `${api}/docs (sign in as ${env.ADMIN_EMAIL})`],
    ["Queues", `${api}/ops/queues (user ${env.OPS_USER})`],
    ["Health", `${api}/health/ready`],
    ["WhatsApp simulator", whatsapp],
    ["Green API simulator", `http://127.0.0.1:${env.SIM_GREEN_API_PORT}`],
    ["Wazzup24 simulator", `http://127.0.0.1:${env.SIM_WAZZUP24_PORT}`],
    ["Chatrace simulator", `http://127.0.0.1:${env.SIM_CHATRACE_PORT}`],
    passwordRow(dataDir),
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  console.log("\nSwitchboard is ready.\n");
  for (const [title, value] of rows) console.log(`  ${title.padEnd(width)}  ${value}`);
  console.log(`\nTry it: a customer writes, the bot answers:\n\n  ${tryIt(whatsapp)}\n`);
  console.log("Ctrl-C stops everything; the data stays.\n");
}

function passwordRow(dataDir) {
  const password = passwordToShow(dataDir);
  if (password)
    return ["Admin password", `${password} (shown once, kept in ${secretsFile(dataDir)})`];
  return ["Admin password", `yours: OPS_PASSWORD, or the one in ${secretsFile(dataDir)}`];
}

function tryIt(whatsapp) {
  const body = JSON.stringify({ text: "Привет", waitMs: 8000 });
  return `curl -s ${whatsapp}/_simulator/say -H 'content-type: application/json' -d '${body}'`;
}
