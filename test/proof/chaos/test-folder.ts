import { rmSync } from "node:fs";
import { join } from "node:path";

/** Kept where the test fails: the logs and the ledgers tell why. */
export async function inTestFolder(
  name: string,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = join(".data", "proof", `chaos-test-${name}`);
  rmSync(folder, { recursive: true, force: true });
  await use(folder);
  rmSync(folder, { recursive: true, force: true });
}
