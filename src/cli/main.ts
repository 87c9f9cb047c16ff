import { runCommandLine } from "#cli/run-command-line.ts";

const { out, err, exitCode } = await runCommandLine(process.argv.slice(2));
if (out !== "") process.stdout.write(`${out}\n`);
if (err !== "") process.stderr.write(`${err}\n`);
process.exitCode = exitCode;
