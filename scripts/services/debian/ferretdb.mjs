// FerretDB in front of its own PostgreSQL: killed, frozen and started as one server.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { mongoAnswers } from "../answers.mjs";
import { freePort } from "../free-port.mjs";
import { createServerProcess } from "../server-process.mjs";
import { createPostgres } from "./postgres.mjs";

/** Starts both on the data in `folder`; a new folder begins as a copy of the template. */
export async function startFerretdb({ parts, folder, guard }) {
  copyTemplate(parts.template, folder);
  const ports = { postgres: await freePort(), mongo: await freePort(), debug: await freePort() };
  const url = `mongodb://127.0.0.1:${ports.mongo}`;
  const postgres = createPostgres({ root: parts.root, folder, port: ports.postgres, guard });
  const ferretdb = createServerProcess({
    name: "FerretDB",
    command: ferretdbCommand(parts.ferretdb, folder, ports),
    logFile: join(folder, "ferretdb.log"),
    isReady: () => mongoAnswers(url),
    guard,
    stopSignal: "SIGTERM",
  });
  const control = inTurn(postgres, ferretdb);
  await control.start();
  return { url, control, stop: control.stop };
}

/** The front goes first and comes last. */
function inTurn(postgres, ferretdb) {
  const forth = (act) => () => postgres[act]().then(() => ferretdb[act]());
  const back = (act) => () => ferretdb[act]().then(() => postgres[act]());
  return {
    start: forth("start"),
    resume: forth("resume"),
    pause: back("pause"),
    kill: back("kill"),
    stop: back("stop"),
  };
}

function ferretdbCommand(program, folder, ports) {
  return [
    program,
    `--postgresql-url=postgres://postgres@127.0.0.1:${ports.postgres}/postgres`,
    `--listen-addr=127.0.0.1:${ports.mongo}`,
    `--debug-addr=127.0.0.1:${ports.debug}`,
    `--state-dir=${join(folder, "ferretdb")}`,
    "--no-auth",
    "--telemetry=disable",
    "--log-level=warn",
  ];
}

/** Owner and rights are kept; the copy takes its name only when it is whole. */
function copyTemplate(template, folder) {
  const data = join(folder, "postgres");
  if (existsSync(data)) return;
  mkdirSync(join(folder, "ferretdb"), { recursive: true });
  rmSync(`${data}-copying`, { recursive: true, force: true });
  execFileSync("cp", ["--archive", "--reflink=auto", template, `${data}-copying`]);
  renameSync(`${data}-copying`, data);
}
