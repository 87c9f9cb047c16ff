import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bringServices } from "../../scripts/services/index.mjs";
import { createNotes, type Bench } from "./bench.ts";
import { serverGroups } from "./cpu-groups.ts";
import { help, readFlags, type MeasureName } from "./flags.ts";
import { readMachine } from "./machine.ts";
import { measureAccept } from "./measures/accept.ts";
import { measureCost } from "./measures/cost.ts";
import { measureEngine } from "./measures/engine.ts";
import { measureHot } from "./measures/hot.ts";
import { measureLatency } from "./measures/latency.ts";
import { measureProfile } from "./measures/profile.ts";
import { measureReplies } from "./measures/replies.ts";
import { measureScale } from "./measures/scale.ts";
import { median, round } from "./percentiles.ts";
import { judge, type Results } from "./results.ts";
import { describeResults } from "./tables.ts";

if (process.argv.includes("--help")) {
  process.stdout.write(`${help}\n`);
  process.exit();
}
const folder = join(".data", "bench");
const flags = readFlags(process.argv.slice(2));
const dataDir = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
const say = (line: string): void => void process.stderr.write(`[bench] ${line}\n`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.on("disconnect", () => process.exit(1));

mkdirSync(folder, { recursive: true });
const services = await bringServices({
  purpose: "test",
  dataDir,
  verbose: flags.isVerbose,
  log: say,
});
try {
  tell(await measure());
} finally {
  await services.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit();

async function measure(): Promise<Results> {
  const { redisUrl, mongodbUri } = services;
  const { seen, note } = createNotes();
  const servers = serverGroups(redisUrl, mongodbUri);
  const bench: Bench = { flags, redisUrl, mongodbUri, servers, folder, say, note };
  const machine = await readMachine(redisUrl, mongodbUri);
  const run = async <Figures>(
    name: MeasureName,
    of: (bench: Bench) => Promise<Figures>,
  ): Promise<Figures | undefined> => {
    if (!flags.only.includes(name)) return undefined;
    say(`measuring ${name}`);
    return of(bench);
  };
  const accept = await run("accept", measureAccept);
  const replies = await run("replies", measureReplies);
  const measured = {
    accept,
    replies,
    latency: await run("latency", measureLatency),
    cost: await run("cost", measureCost),
    hot: await run("hot", measureHot),
    engine: await run("engine", measureEngine),
    scale: await run("scale", async () =>
      measureScale(bench, replies ?? (await measureReplies(bench))),
    ),
    profile: await run("profile", measureProfile),
  };
  const figuresOf = ({ readyMs, peakMb }: (typeof seen)["api"]) => ({
    readyMs: round(median([...readyMs.values()])),
    peakMb: round(Math.max(0, ...peakMb.values())),
  });
  const asked = { conversations: flags.conversations, settings: flags.settings };
  const processes = { api: figuresOf(seen.api), workers: figuresOf(seen.workers) };
  return judge({ machine, ...asked, processes, ...measured });
}

/** A table for people, a file to keep, and one last line for machines. */
function tell(results: Results): void {
  const json = JSON.stringify(results);
  const name = results.at.replaceAll(/[:.]/g, "-");
  writeFileSync(join(folder, `bench-${name}.json`), `${json}\n`);
  if (flags.jsonFile !== undefined) writeFileSync(flags.jsonFile, `${json}\n`);
  process.stdout.write(`${describeResults(results)}\n\n${json}\n`);
  process.exitCode = results.ok ? 0 : 1;
}
