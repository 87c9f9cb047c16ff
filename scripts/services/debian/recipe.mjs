// What is built, and where it is kept. Any change of the recipe needs a new name.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../cache-folder.mjs";

const recipeName = "redis-8-ferretdb-2.7.0-r2";

export const suite = "sid";
export const packages = ["ca-certificates", "redis-server", "postgresql-18-documentdb"];
export const ferretdbModule = "github.com/FerretDB/FerretDB/v2/cmd/ferretdb@v2.7.0";
export const postgresBin = "/usr/lib/postgresql/18/bin";
/** Where a server finds its data inside the root. */
export const dataMount = "/srv";

/** The folder of everything that is built, and the lock of its only builder. */
export function cachePaths() {
  const base = cacheFolder();
  return { base, built: join(base, recipeName), lock: join(base, `${recipeName}.lock`) };
}

/** The parts of one build, finished or under way. */
export function builtParts(folder) {
  return {
    root: join(folder, "root"),
    ferretdb: join(folder, "ferretdb"),
    template: join(folder, "postgres-template"),
  };
}

/** A build appears under its own name only once it is complete and verified. */
export function isBuilt() {
  return existsSync(cachePaths().built);
}
