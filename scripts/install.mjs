// The bootstrap: plain Node 20, no package. What comes after it runs on the pinned Node.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const oldestNode = 20;

/** The runtime that the lock file pins, once packages are installed. */
export const pinnedNode = "node_modules/.bin/node";

/** Installs the packages when one is missing or not of the pinned version; throws when that fails. */
export function installPackages() {
  if (Number(process.versions.node.split(".")[0]) < oldestNode)
    throw new Error(`Node ${process.version} is too old: install Node ${oldestNode} or newer`);
  if (areInstalled()) return;
  console.log("installing packages (npm ci)");
  // The pinned Node arrives by its install script, whatever this user's settings are.
  const options = ["--ignore-scripts=false", "--no-fund", "--no-audit", "--loglevel=error"];
  const npm = spawnSync("npm", ["ci", ...options], { stdio: ["ignore", "inherit", "inherit"] });
  if (npm.status !== 0) throw new Error("npm ci failed: the lines above say why");
  if (!existsSync(pinnedNode)) throw new Error(`npm ci succeeded but left no ${pinnedNode}`);
}

function areInstalled() {
  if (!existsSync(pinnedNode)) return false;
  const { dependencies, devDependencies } = readPackage("package.json");
  const wanted = Object.entries({ ...dependencies, ...devDependencies });
  return wanted.every(([name, version]) => installedVersion(name) === version);
}

function installedVersion(name) {
  const file = `node_modules/${name}/package.json`;
  return existsSync(file) ? readPackage(file).version : undefined;
}

function readPackage(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
