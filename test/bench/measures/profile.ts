import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import type { Verdict } from "../check-replies.ts";
import { exchange } from "../exchange.ts";
import { nestFrames } from "../flame-graph/nest-frames.ts";
import { renderFlameGraph } from "../flame-graph/render-flame-graph.ts";
import { createProbes } from "../probes.ts";
import { cpuProfile } from "../cpu-profile.ts";
import { summarizeProfile, type ProfileSummary } from "../summarize-profile.ts";
import { withSystem } from "../system.ts";

/** Where the API and one worker spend their time under full load. */
export interface ProfileFigures {
  readonly processes: Readonly<Record<string, ProfileSummary & { readonly flameGraph: string }>>;
  readonly verdict: Verdict;
}

const latencyMs = 0;

export function measureProfile(bench: Bench): Promise<ProfileFigures> {
  const { seconds, conversations } = bench.flags;
  const probes = createProbes(bench, "profile");
  const options = { workers: 1, latencyMs, settings: probes.settings };
  return withSystem(bench, options, async (system) => {
    const from = conversations;
    await exchange({ system, latencyMs, messages: { from: 0, count: from, conversations } });
    let seen: readonly unknown[] = [];
    const { verdict } = await exchange({
      system,
      latencyMs,
      messages: { from, count: Math.round(seconds * 500), conversations },
      begin: () => probes.toggle(system.processes),
      end: async () => {
        seen = await probes.toggle(system.processes);
      },
    });
    const processes = Object.fromEntries(
      seen.map((one, place) => {
        const role = system.processes[place]?.role ?? "";
        const profile = cpuProfile.parse(one);
        const flameGraph = join(bench.folder, `${role}-flame-graph.html`);
        writeFileSync(flameGraph, renderFlameGraph(role, nestFrames(profile)));
        bench.say(`flame graph: ${flameGraph}`);
        return [role, { ...summarizeProfile(profile), flameGraph }];
      }),
    );
    return { processes, verdict };
  });
}
