// Runs a program of the built root with its data visible inside.
import { dataMount } from "./recipe.mjs";

/**
 * The command for it. Mounts live in a namespace of its own, so they vanish with the process, however it
 * ends; the same for PostgreSQL's shared memory. Every step replaces the one before: the process id stays.
 */
export function inRoot({ root, folder, user, program }) {
  const script = [
    'mount -t proc proc "$1/proc"',
    'mkdir -p "$1/dev/shm"',
    'mount -t tmpfs tmpfs "$1/dev/shm"',
    'chmod 1777 "$1/dev/shm"',
    `mount --bind "$2" "$1${dataMount}"`,
    'root="$1" user="$3"',
    "shift 3",
    'exec chroot --userspec="$user" "$root" "$@"',
  ].join(" && ");
  const own = ["unshare", "--mount", "--propagation", "private", "--ipc"];
  return [...own, "sh", "-c", script, "in-root", root, folder, user, ...program];
}
