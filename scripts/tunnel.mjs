// `npm run tunnel`: an HTTPS address that leads to this machine's API, for a trial with real providers.
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import localtunnel from "localtunnel";

const answerMs = 20_000;
const help = `npm run tunnel -- [flags]
  --port N           where the API listens (PORT, 3000)
  --subdomain NAME   ask for this name; another may have it
  --host URL         the tunnel's server (https://localtunnel.me)`;

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: process.env.PORT ?? "3000" },
    subdomain: { type: "string" },
    host: { type: "string", default: "https://localtunnel.me" },
    help: { type: "boolean", default: false },
  },
});

async function open() {
  const { host, subdomain } = flags;
  const asked = localtunnel({ port: Number(flags.port), local_host: "127.0.0.1", host, subdomain });
  // The package asks a silent server for ever.
  const tunnel = await Promise.race([asked, wait(answerMs, undefined, { ref: false })]);
  if (tunnel === undefined) fail(`${host} did not answer within ${answerMs / 1000} s: try --host`);
  tunnel.on("error", ({ message }) => fail(message));
  tunnel.on("close", () => fail("the tunnel's server closed it: start it again"));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
  console.log(describe(tunnel.url));
}

/** @param {string} url */
const describe = (url) => `${url} → http://127.0.0.1:${flags.port}, until Ctrl-C

  WhatsApp    callback URL  ${url}/api/v1/webhooks/whatsapp
  Green API   webhookUrl    ${url}/webhook
  Wazzup24    webhooksUri   ${url}/api/webhooks/wazzup24
  Instagram   webhook       ${url}/instagram/webhook

Whoever knows the address reaches the API. It is slow, and another one next time: for trials only.`;

/** @param {string} message */
function fail(message) {
  console.error(`tunnel: ${message}`);
  process.exit(1);
}

if (flags.help) console.log(help);
else await open();
