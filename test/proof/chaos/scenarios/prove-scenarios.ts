import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringServices } from "../../../../scripts/services/index.mjs";
import type { Flags } from "../flags.ts";
import { findScenarios } from "./registered.ts";
import type { Proof, Scenario, Size } from "./scenario.ts";

interface Wanted extends Flags {
  readonly seed: number;
  readonly say: (line: string) => void;
}

interface Proven extends Proof {
  readonly claim: string;
  readonly scenario: string;
}

/** Runs one scenario, or all of them one after another in smaller sizes; whether every claim holds. */
export async function proveScenarios(wantedName: string, wanted: Wanted): Promise<boolean> {
  const isAll = wantedName === "all";
  const proven: Proven[] = [];
  for (const [name, scenario] of findScenarios(wantedName)) {
    const { alone, together } = scenario;
    const size = { ...(isAll ? together : alone), ...sizeOf(wanted) };
    proven.push(await prove({ name, scenario, size, wanted }));
  }
  if (isAll) tellAll(proven, wanted);
  return proven.every(({ ok }) => ok);
}

const sizeOf = ({ messages, seconds }: Flags): Partial<Size> => ({
  ...(messages === undefined ? {} : { messages }),
  ...(seconds === undefined ? {} : { seconds }),
});

interface Proving {
  readonly name: string;
  readonly scenario: Scenario;
  readonly size: Size;
  readonly wanted: Wanted;
}

/** On servers of its own; the folder is kept where the claim does not hold. */
async function prove({ name, scenario, size, wanted }: Proving): Promise<Proven> {
  const { seed, say, keep } = wanted;
  const accept = wanted.form === "queue" ? "queue" : "journal";
  const dataDir = mkdtempSync(join(tmpdir(), "switchboard-chaos-"));
  const folder = join(".data", "proof", `chaos-${name}-${accept}-${seed}`);
  const startedAt = Date.now();
  const seconds = (): number => Math.round((Date.now() - startedAt) / 1000);
  const tick = (line: string): void => say(`[${name} ${seconds()} s] ${line}`);
  tick(`${scenario.claim}; seed ${seed}`);
  const request = { purpose: "test", dataDir, own: true, check: false, log: tick } as const;
  const services = await bringServices(request);
  try {
    const {
      ok,
      figures,
      examples = [],
    } = await scenario.run({
      ...size,
      services,
      folder,
      accept,
      seed,
      say: tick,
    });
    for (const example of examples) say(`  ${example}`);
    if (ok && !keep) rmSync(folder, { recursive: true, force: true });
    else say(`the run's folder is kept: ${folder}`);
    const proven = { claim: scenario.claim, scenario: name, ok, figures };
    tell(proven, { seed, form: accept, tookSeconds: seconds() }, say);
    return proven;
  } finally {
    await services.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A table for people and one last line for machines. */
function tell(
  { claim, scenario, ok, figures }: Proven,
  run: Readonly<Record<string, unknown>>,
  say: Wanted["say"],
): void {
  const rows = Object.entries(figures).map(([name, figure]) => `| ${name} | ${figure} |`);
  say(
    `\n| ${scenario} | ${ok ? "holds" : "DOES NOT HOLD"} |\n| --- | ---: |\n${rows.join("\n")}\n`,
  );
  say(JSON.stringify({ claim, ok, scenario, ...run, ...figures }));
}

function tellAll(proven: readonly Proven[], { seed, say }: Wanted): void {
  const rows = proven.map(({ scenario, claim, ok }) => `| ${scenario} | ${claim} | ${ok} |`);
  say(`\n| scenario | claim | holds |\n| --- | --- | --- |\n${rows.join("\n")}\n`);
  const ok = proven.every((each) => each.ok);
  const scenarios = Object.fromEntries(proven.map((each) => [each.scenario, each.ok]));
  say(JSON.stringify({ claim: "chaos: every scenario's claim holds", ok, seed, scenarios }));
}
