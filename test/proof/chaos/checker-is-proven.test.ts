import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startPrivateServices } from "../../support/services.ts";
import { runFiles } from "./ack-log.ts";
import { readEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import { channelNames } from "./messages.ts";
import { runChaos } from "./run-chaos.ts";
import type { Strike } from "./schedule.ts";
import { inTestFolder } from "./test-folder.ts";

const services = await startPrivateServices();
afterAll(services.stop);

const noFaults = { kills: 0, zombies: 0, mongodb: 0, flushes: 0, cuts: 0, wires: 0 };
const tier = {
  messages: 240,
  conversations: 12,
  inFlight: 240,
  // All at once, none would be acknowledged within the others' window on a busy machine.
  perSecond: 80,
  faults: noFaults,
  logLevel: "warn",
} as const;

const run = (folder: string, mutant?: string, schedule: readonly Strike[] = []) =>
  runChaos({
    services,
    folder,
    accept: "journal",
    tier,
    schedule,
    seed: 11,
    say: () => undefined,
    counts: { api: 1, worker: 1 },
    workerArguments:
      mutant === undefined ? [] : ["--import", `./test/proof/chaos/mutants/${mutant}.ts`],
  });

/** A provider's ledger, changed. */
type Plant = (entries: string[]) => readonly string[];

const place = 4;
const loss: Plant = (entries) => entries.toSpliced(place, 1);
const double: Plant = (entries) => entries.toSpliced(place + 5, 0, entries[place] ?? "");
const chatOf = (entry = "{}"): unknown => JSON.parse(entry).to;
const swap: Plant = (entries) => {
  const next = entries.findIndex(
    (entry, each) => each > place && chatOf(entry) === chatOf(entries[place]),
  );
  return entries.with(place, entries[next] ?? "").with(next, entries[place] ?? "");
};

test("a run without faults is clean; a loss, a double and a swap in each provider's ledger are reported", async () => {
  await inTestFolder("plants", async (folder) => {
    const { ok, figures, examples } = await run(join(folder, "run"));
    const planted = async (name: string, plant: Plant) => {
      const copy = join(folder, name);
      cpSync(join(folder, "run"), copy, { recursive: true });
      for (const channel of channelNames) {
        const ledger = join(copy, runFiles[channel]);
        const entries = readFileSync(ledger, "utf8").trim().split("\n");
        writeFileSync(ledger, plant(entries).join("\n"));
      }
      return judge(await readEvidence(copy));
    };

    expect(examples).toEqual([]);
    expect(ok).toBe(true);
    expect(figures).toMatchObject({ acknowledged: 240, answered: 240, held: 0 });
    expect(await planted("loss", loss)).toMatchObject({ lost: 4, doubled: 0, reordered: 0 });
    expect(await planted("double", double)).toMatchObject({ lost: 0, doubled: 4, reordered: 0 });
    const swapped = await planted("swap", swap);
    expect(swapped).toMatchObject({ lost: 0, doubled: 0 });
    expect(swapped.reordered).toBeGreaterThanOrEqual(channelNames.length);
  });
}, 120_000);

const answersLost: Strike = {
  at: 60,
  act: { kind: "wire", wire: "provider", harm: "answers lost", ms: 1500 },
};

test.each([
  { mutant: "loses-a-reply", reported: "lost", schedule: [] },
  { mutant: "answers-a-copy", reported: "doubled", schedule: [] },
  { mutant: "ignores-the-providers-time", reported: "reordered", schedule: [] },
  { mutant: "sends-again-blindly", reported: "doubled", schedule: [answersLost] },
] as const)(
  "a worker that $mutant is reported: $reported",
  async ({ mutant, reported, schedule }) => {
    await inTestFolder(mutant, async (folder) => {
      const { ok, figures } = await run(folder, mutant, schedule);

      expect(ok).toBe(false);
      expect(figures[reported]).toBeGreaterThan(0);
    });
  },
  120_000,
);
