// Builds the Debian way into the cache. Started under a lock, so that there is one builder at a time.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stopCommands } from "./command.mjs";
import { buildFerretdb } from "./build-ferretdb.mjs";
import { buildRoot, dropGo } from "./build-root.mjs";
import { makeTemplate } from "./make-template.mjs";
import { hasUsableGo } from "./host.mjs";
import { builtParts, cachePaths, isBuilt } from "./recipe.mjs";
import { verifyBuild } from "./verify-build.mjs";

const paths = cachePaths();
const unfinished = `${paths.built}.unfinished-${process.pid}`;
const startedAt = Date.now();

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, abandon);
if (!isBuilt()) await build().catch(giveUp);

/** Root, FerretDB and data template under a temporary name; the real name comes last. */
async function build() {
  removeUnfinished();
  mkdirSync(unfinished, { recursive: true });
  const parts = builtParts(unfinished);
  say("building Redis 8 and FerretDB on PostgreSQL 18, once; this takes two to four minutes");
  const hostGo = await hasUsableGo();
  if (hostGo) await Promise.all([rootOf(parts, hostGo), ferretdbOf(parts, hostGo)]);
  else await rootOf(parts, hostGo).then(() => ferretdbOf(parts, hostGo));
  if (!hostGo) dropGo(parts.root);
  await makeTemplate(parts);
  say("a data folder with the DocumentDB extension is ready");
  await verifyBuild(unfinished);
  say("Redis and FerretDB answered, 64 clients had one winner");
  renameSync(unfinished, paths.built);
  say(`complete, kept in ${paths.built}`);
}

async function rootOf(parts, hostGo) {
  await buildRoot(parts.root, { withGo: !hostGo, say });
  say("the Debian root with Redis and PostgreSQL is ready");
}

async function ferretdbOf(parts, hostGo) {
  await buildFerretdb(parts, { hostGo });
  say("FerretDB is compiled");
}

/** What an interrupted builder left: nothing is ever mounted there outside a builder's own namespace. */
function removeUnfinished() {
  if (!existsSync(paths.base)) return;
  const leftovers = readdirSync(paths.base).filter((name) => name.includes(".unfinished-"));
  for (const name of leftovers) rmSync(join(paths.base, name), { recursive: true, force: true });
}

function giveUp(error) {
  console.error(error.message);
  rmSync(unfinished, { recursive: true, force: true });
  process.exitCode = 1;
}

function abandon() {
  stopCommands();
  process.exit(1);
}

function say(text) {
  const seconds = String(Math.round((Date.now() - startedAt) / 1000)).padStart(3);
  console.log(`[services ${seconds} s] ${text}`);
}
