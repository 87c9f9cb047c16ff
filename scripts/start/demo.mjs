// The demo tenant, its channels and its bot: made once, found again at every later start.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);
const limitMs = 60_000;

/** Gives what the command line prints about them. */
export async function createDemo(env) {
  const command = ["src/cli/main.ts", "demo", "--json"];
  try {
    const { stdout } = await execute(process.execPath, command, { env, timeout: limitMs });
    return JSON.parse(stdout);
  } catch (error) {
    throw new Error(`the demo data could not be created:\n${error.stderr || error.message}`, {
      cause: error,
    });
  }
}
