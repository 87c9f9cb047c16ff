// `npm test`: installs the packages, runs every check and all tests, and closes with what was counted.
// Runs on the machine's own Node; `--verbose` is ours, all other flags are passed on to vitest.
import { installPackages } from "./install.mjs";
import { runChecks } from "./test/checks.mjs";
import { runVitest } from "./test/vitest.mjs";

const flags = process.argv.slice(2);
if (flags.includes("--verbose")) process.env.SWITCHBOARD_VERBOSE = "1";
// The tests end by themselves when they are interrupted; the count still has to be told.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});

const { passed, failed } = await runAll().catch((error) => {
  console.error(error.message);
  return { passed: 0, failed: 1 };
});
process.exitCode = failed === 0 ? 0 : 1;
process.stdout.write(`${passed} passed, ${failed} failed\n`);

async function runAll() {
  installPackages();
  const checks = await runChecks();
  const tests = await runVitest(flags.filter((flag) => flag !== "--verbose"));
  return { passed: checks.passed + tests.passed, failed: checks.failed + tests.failed };
}
