// A Debian root folder with Redis and PostgreSQL; nothing of it is installed into the machine itself.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { debianMirror, installPackages, lendNetwork } from "./host.mjs";
import { packages, suite } from "./recipe.mjs";

const debootstrap = "/usr/sbin/debootstrap";
const heartbeatMs = 20_000;

/** Unpacks and configures the packages, then drops what a server never reads. */
export async function buildRoot(root, { withGo, say }) {
  if (!existsSync(debootstrap)) await installPackages(["debootstrap"]);
  const include = [...packages, ...(withGo ? ["golang-go"] : [])].join(",");
  const mirror = await debianMirror();
  const heartbeat = setInterval(() => say("still unpacking Debian packages"), heartbeatMs);
  try {
    await inOwnMounts(debootstrap, [
      "--variant=minbase",
      `--include=${include}`,
      suite,
      root,
      mirror,
    ]);
  } finally {
    clearInterval(heartbeat);
  }
  lendNetwork(root);
  for (const path of ["var/cache/apt/archives", "var/lib/apt/lists", "usr/share/doc"])
    rmSync(join(root, path), { recursive: true, force: true });
}

/** The compiler has done its work: a third of the root. */
export function dropGo(root) {
  for (const folder of ["usr/lib", "usr/share"]) {
    const places = readdirSync(join(root, folder)).filter((name) => /^go-\d/.test(name));
    for (const place of places) rmSync(join(root, folder, place), { recursive: true, force: true });
  }
}

/** Mounts made by the command vanish with it, and so do the processes it leaves. */
function inOwnMounts(command, args) {
  const own = [
    "--mount",
    "--propagation",
    "private",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  return run("unshare", [...own, command, ...args]);
}
