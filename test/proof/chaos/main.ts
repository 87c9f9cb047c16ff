import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringServices } from "../../../scripts/services/index.mjs";
import { readFlags } from "./flags.ts";
import { proveScenarios } from "./scenarios/prove-scenarios.ts";
import { describeFigures } from "./report.ts";
import { runChaos, type Outcome } from "./run-chaos.ts";
import { buildSchedule, describeStrike } from "./schedule.ts";
import { tiers } from "./tiers.ts";
import { shortenedTimes } from "./times.ts";

const flags = readFlags(process.argv.slice(2));
const seed = flags.seed ?? Math.floor(Math.random() * 1_000_000);
const tier = {
  ...tiers[flags.tier],
  ...(flags.messages === undefined ? {} : { messages: flags.messages }),
};
const forms = flags.form === "both" ? (["journal", "queue"] as const) : [flags.form];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.on("disconnect", () => process.exit(1));

if (flags.scenario !== undefined)
  process.exit((await proveScenarios(flags.scenario, { ...flags, seed, say })) ? 0 : 1);

say(`chaos, ${flags.tier}: ${tier.messages} messages, seed ${seed}, forms ${forms.join(" and ")}`);
say(
  `shortened: ${Object.entries(shortenedTimes)
    .map((pair) => pair.join("="))
    .join(" ")}`,
);
const schedule = buildSchedule(tier.faults, tier.messages, seed);
for (const strike of schedule) say(`  ${describeStrike(strike)}`);

const outcomes: Record<string, Outcome> = {};
for (const accept of forms) outcomes[accept] = await runForm(accept);
tell();
process.exit();

/** Each form on servers of its own. */
async function runForm(accept: "journal" | "queue"): Promise<Outcome> {
  const dataDir = mkdtempSync(join(tmpdir(), "switchboard-chaos-"));
  const folder = join(".data", "proof", `chaos-${flags.tier}-${accept}-${seed}`);
  const services = await bringServices({
    purpose: "test",
    dataDir,
    own: true,
    check: false,
    log: say,
  });
  const startedAt = Date.now();
  const tick = (line: string): void =>
    say(`[${accept} ${((Date.now() - startedAt) / 1000).toFixed(1)} s] ${line}`);
  try {
    const run = { services, folder, accept, tier, schedule, seed, say: tick };
    const outcome = await runChaos(run);
    for (const example of outcome.examples) say(`  ${example}`);
    if (outcome.ok && !flags.keep) rmSync(folder, { recursive: true });
    else say(`the run's folder is kept: ${folder}`);
    return outcome;
  } finally {
    await services.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A table for people and one last line for machines. */
function tell(): void {
  const figures = Object.fromEntries(
    Object.entries(outcomes).map(([form, outcome]) => [form, outcome.figures]),
  );
  const ok = Object.values(outcomes).every((outcome) => outcome.ok);
  const claim = `chaos ${flags.tier}: nothing lost, doubled or reordered`;
  say(`\n${describeFigures(figures)}\n`);
  say(JSON.stringify({ claim, ok, seed, tier: flags.tier, forms: figures }));
  process.exitCode = ok ? 0 : 1;
}
