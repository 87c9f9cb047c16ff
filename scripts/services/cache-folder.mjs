import { homedir } from "node:os";
import { join } from "node:path";

/** Where this user keeps what was built or downloaded once for every checkout. */
export function cacheFolder(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "switchboard");
}
