// Programs that are installed on this machine, on private data and free ports.
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { startMongod } from "../mongod-server.mjs";
import { NotHere } from "../not-here.mjs";
import { startRedis } from "../redis-server.mjs";

const oldestRedis = 7;

export const name = "path";

/** @see Way in index.d.mts */
export async function redis({ folder, guard }) {
  const program = find("redis-server");
  const version = execFileSync(program, ["--version"], { encoding: "utf8" });
  const major = Number(/v=(\d+)/.exec(version)?.[1]);
  if (!(major >= oldestRedis)) throw new NotHere(`${program} is older than ${oldestRedis}.0`);
  return startRedis({ folder, guard, wrap: (command, args) => [find(command), ...args] });
}

/** @see Way in index.d.mts */
export async function mongo({ folder, guard }) {
  return startMongod({ program: find("mongod"), folder, guard });
}

function find(program) {
  const places = (process.env.PATH ?? "").split(delimiter).map((place) => join(place, program));
  const found = places.find(isExecutable);
  if (!found) throw new NotHere(`there is no ${program} on PATH`);
  return found;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
