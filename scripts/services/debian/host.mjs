// What the build takes from the machine: its package mirror, its Go, its certificate authorities.
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";

const authorities = "etc/ssl/certs/ca-certificates.crt";
const oldestGo = 25;

/** The Debian archive that this machine's own apt uses. */
export async function debianMirror() {
  const format = "$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)";
  const targets = await run("apt-get", [
    "indextargets",
    "--format",
    format,
    "Created-By: Packages",
  ]);
  const rows = targets.split("\n").map((line) => line.split("|"));
  const archive = rows.find(
    ([origin, codename, part]) => origin === "Debian" && part === "main" && !codename.includes("-"),
  );
  if (!archive) throw new Error("apt knows no Debian archive: run apt-get update and try again");
  return archive[3];
}

/** Debian packages of the machine itself, refreshed lists only when the first try fails. */
export async function installPackages(names) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const install = ["install", "-y", "--no-install-recommends", ...names];
  try {
    await run("apt-get", install, options);
  } catch {
    await run("apt-get", ["-o", "Acquire::Check-Valid-Until=false", "update"], options);
    await run("apt-get", install, options);
  }
}

/** The machine's own Go where it is new enough: the root then needs none. */
export async function hasUsableGo() {
  const version = await run("go", ["env", "GOVERSION"]).catch(() => "");
  const minor = /^go1\.(\d+)/.exec(version)?.[1];
  return Number(minor) >= oldestGo;
}

/** Lets the root resolve names and trust what the machine trusts. */
export function lendNetwork(root) {
  copyFileSync("/etc/resolv.conf", join(root, "etc/resolv.conf"));
  if (existsSync(`/${authorities}`)) copyFileSync(`/${authorities}`, join(root, authorities));
}
