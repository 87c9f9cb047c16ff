// Redis and MongoDB of the project's own compose file, for `npm start`; their volumes are kept.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NotHere } from "../not-here.mjs";

const execute = promisify(execFile);
const checkout = fileURLToPath(new URL("../../../", import.meta.url));
const files = ["docker-compose.yml", "scripts/services/compose-ports.yml"];

export const name = "docker";

/** @see Way in index.d.mts */
export function redis({ guard, log }) {
  return upService({ service: "redis", protocol: "redis", inside: 6379, guard, log });
}

/** @see Way in index.d.mts */
export function mongo({ guard, log }) {
  return upService({ service: "mongo", protocol: "mongodb", inside: 27_017, guard, log });
}

async function upService({ service, protocol, inside, guard, log }) {
  await refuseWithoutEngine();
  log(`starting ${service} of docker-compose.yml; an image that is not here yet is pulled first`);
  const release = guard.hold({ command: ["docker", ...compose("stop", service)] });
  const stop = () => docker(compose("stop", service)).then(release);
  try {
    await docker(compose("up", "--detach", "--wait", service));
    const { stdout } = await docker(compose("port", service, `${inside}`));
    return { url: `${protocol}://127.0.0.1:${stdout.trim().split(":").at(-1)}`, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw new NotHere(`docker compose could not start ${service}: ${reasonOf(error)}`);
  }
}

/** A project name of this checkout's own: a stack that somebody started by hand is never touched. */
function compose(...command) {
  const mark = createHash("sha256").update(checkout).digest("hex").slice(0, 8);
  const chosen = files.flatMap((file) => ["--file", file]);
  return ["compose", "--project-name", `switchboard-start-${mark}`, ...chosen, ...command];
}

async function refuseWithoutEngine() {
  await docker(["info", "--format", "{{.ServerVersion}}"]).catch((error) => {
    throw new NotHere(`no Docker engine answers: ${reasonOf(error)}`);
  });
  await docker(["compose", "version"]).catch(() => {
    throw new NotHere("docker has no compose plugin (version 2.24 or newer)");
  });
}

function docker(args) {
  return execute("docker", args, { cwd: checkout });
}

function reasonOf(error) {
  const lines = (error.stderr || error.message).trim().split("\n");
  return lines.at(-1);
}
