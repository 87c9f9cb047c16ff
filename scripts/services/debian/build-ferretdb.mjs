// FerretDB is one static program, compiled with the machine's Go or with the root's.
import { chmodSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { inRoot } from "./in-root.mjs";
import { dataMount, ferretdbModule } from "./recipe.mjs";

/** Compiles FerretDB in a private workspace that is dropped afterwards. */
export async function buildFerretdb({ root, ferretdb }, { hostGo }) {
  const workspace = `${ferretdb}-go`;
  mkdirSync(workspace, { recursive: true });
  const seenFolder = hostGo ? workspace : dataMount;
  // With the user's own home: what `go env -w` has set for the proxy is kept there.
  const home = hostGo ? [] : [`HOME=${seenFolder}`];
  const install = ["env", ...home, ...goEnvironment(seenFolder), "go", "install", ferretdbModule];
  const asRoot = { root, folder: workspace, user: "root:root" };
  const [program, ...args] = hostGo ? install : inRoot({ ...asRoot, program: install });
  await run(program, args);
  copyFileSync(join(workspace, "bin/ferretdb"), ferretdb);
  chmodSync(ferretdb, 0o755);
  rmSync(workspace, { recursive: true, force: true });
}

/** The proxy settings of the machine come along with its environment. */
function goEnvironment(workspace) {
  const places = { GOPATH: "path", GOCACHE: "cache", GOBIN: "bin", TMPDIR: "." };
  const settings = { GOFLAGS: "-modcacherw", GOTOOLCHAIN: "local", CGO_ENABLED: "0" };
  return [
    ...Object.entries(places).map(([name, place]) => `${name}=${join(workspace, place)}`),
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
  ];
}
