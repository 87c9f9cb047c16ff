// Redis out of the built root.
import { startRedis } from "../redis-server.mjs";
import { inRoot } from "./in-root.mjs";
import { dataMount } from "./recipe.mjs";

/** Starts it on the data in `folder`. */
export function startRootRedis({ parts, folder, guard }) {
  const where = { root: parts.root, folder, user: "root:root" };
  const wrap = (program, args) => inRoot({ ...where, program: [`/usr/bin/${program}`, ...args] });
  return startRedis({ folder, guard, wrap, seenFolder: dataMount });
}
