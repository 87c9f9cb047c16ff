// Everything on this machine: services, demo data, simulators, worker and API; Ctrl-C stops it in order.
import { join } from "node:path";
import { startGuard } from "../services/guard.mjs";
import { bringServices } from "../services/index.mjs";
import { createDemo } from "./demo.mjs";
import { keepAddresses } from "./keep-addresses.mjs";
import { claimFolder } from "./one-at-a-time.mjs";
import { refuseTakenPorts } from "./ports.mjs";
import { startProcess } from "./process.mjs";
import { sayReady } from "./say-ready.mjs";
import { keptSecrets, settingsFor } from "./settings.mjs";
import { waitUntilReady } from "./wait-until-ready.mjs";

const dataDir = ".data";
const verbose = process.argv.includes("--verbose");
/** In the order of their start; stopped from the last to the first. */
const running = [];
let isStopping = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop(0));
process.on("disconnect", () => void stop(0));
// Whoever read our output may be gone; that is no reason to leave servers behind.
process.stdout.on("error", () => void stop(0));

try {
  await start();
} catch (error) {
  if (!isStopping) console.error(verbose ? error : error.message);
  await stop(1);
}

async function start() {
  claimFolder(dataDir);
  const settings = settingsFor(keptSecrets(dataDir));
  await refuseTakenPorts(settings);
  const services = await bringServices({
    purpose: "start",
    dataDir: join(dataDir, "services"),
    verbose,
    log: say,
  });
  running.push({ name: "MongoDB and Redis", stop: services.stop });
  const env = { ...settings, ...addressesOf(services) };
  keepAddresses(env, dataDir);
  await createDemo(env);
  startProcesses(env);
  await waitUntilReady(env, () => isStopping);
  if (!isStopping) sayReady({ env, dataDir });
}

/** A database of its own on servers of ours; what the environment names is taken as it is. */
function addressesOf({ way, redisUrl, mongodbUri }) {
  const database = way.mongo === "environment" ? "" : "/switchboard";
  return { REDIS_URL: redisUrl, MONGODB_URI: mongodbUri + database };
}

function startProcesses(env) {
  const guard = startGuard();
  for (const name of ["simulators", "workers", "api"]) {
    if (isStopping) return;
    const child = startProcess({ name, env, guard, onDeath: (why) => died(name, why) });
    running.push({ name, stop: child.stop });
  }
}

async function died(name, why) {
  if (isStopping) return;
  console.error(`[start] ${name} ended by itself (${why}): everything else is stopped`);
  await stop(1);
}

/** What is half-way up when this begins is left to its guard, which clears it when we exit. */
async function stop(code) {
  if (isStopping) return;
  isStopping = true;
  for (const part of running.splice(0).toReversed()) await stopPart(part);
  process.exit(code);
}

async function stopPart({ name, stop: stopIt }) {
  say(`stopping ${name}`);
  await stopIt().catch((error) => console.error(`[start] ${name}: ${error.message}`));
}

function say(line) {
  console.log(`[start] ${line}`);
}
