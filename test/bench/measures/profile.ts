import type { Bench } from "../bench.ts";
import type { Verdict } from "../check-replies.ts";
import { exchange } from "../exchange.ts";
import { createProbes } from "../probes.ts";
import { cpuProfile, summarizeProfile, type ProfileSummary } from "../summarize-profile.ts";
import { withSystem } from "../system.ts";

/** Where the API and one worker spend their time under full load. */
export interface ProfileFigures {
  readonly processes: Readonly<Record<string, ProfileSummary>>;
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
      seen.map((profile, place) => [
        system.processes[place]?.role ?? "",
        summarizeProfile(cpuProfile.parse(profile)),
      ]),
    );
    return { processes, verdict };
  });
}
