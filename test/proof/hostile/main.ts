import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringServices } from "../../../scripts/services/index.mjs";
import { claimOf, describeClaim, lineOf, sumUp, type Claim } from "./claim.ts";
import { readFlags } from "./flags.ts";
import { parts } from "./parts.ts";
import type { Stage } from "./stage.ts";

const flags = readFlags(process.argv.slice(2));
const say = (line: string): void => void process.stderr.write(`[hostile] ${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.on("disconnect", () => process.exit(1));

const names = Object.keys(parts);
const unknown = flags.only.find((name) => !names.includes(name));
if (unknown !== undefined) throw new Error(`--only ${unknown}: one of ${names.join(", ")}`);

const dataDir = mkdtempSync(join(tmpdir(), "switchboard-hostile-"));
const services = await bringServices({
  purpose: "test",
  dataDir,
  verbose: flags.isVerbose,
  log: say,
});
try {
  const claims = await proveAll({ ...flags, ...services, isTimed: true, say });
  const sum = sumUp(claims, flags.seed);
  print(`\n${describeClaim(sum)}\n`);
  for (const claim of [...claims, sum]) print(lineOf(claim));
  process.exitCode = sum.ok ? 0 : 1;
} finally {
  await services.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit();

async function proveAll(stage: Stage): Promise<readonly Claim[]> {
  const claims: Claim[] = [];
  for (const [name, prove] of Object.entries(parts)) {
    if (flags.only.length > 0 && !flags.only.includes(name)) continue;
    say(`proving ${name}`);
    const claim = await proveOne(name, prove, stage);
    print(`\n${describeClaim(claim)}`);
    claims.push(claim);
  }
  return claims;
}

/** What could not be run is not proven; the other parts still are. */
async function proveOne(
  name: string,
  prove: (stage: Stage) => Promise<Claim> | Claim,
  stage: Stage,
): Promise<Claim> {
  try {
    return await prove(stage);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return claimOf(`hostile-${name}`, {}, [`it could not be run: ${reason.slice(0, 1000)}`]);
  }
}
