import type { Config } from "#shared/config/env.ts";
import { examineChannel } from "#shared/doctor/examine-channel.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { OpenWorker } from "#workers/open-worker.ts";
import { examineChannels, type DoctorPorts } from "#workers/upkeep/examine-channels.ts";
import { startRepeating, type Repeating } from "#workers/upkeep/start-repeating.ts";

const longestPauseMs = 60_000;

/** The doctor by itself: each channel every so often, by one of all workers. */
export function openDoctor(config: Config, opened: OpenWorker, log: Log): Repeating {
  const { DOCTOR_EVERY_MS: everyMs } = config;
  if (everyMs === 0) return { stop: () => Promise.resolve() };
  const { models, directory, lane } = opened;
  const ports: DoctorPorts = {
    listChannels: directory.list,
    claim: (channelId) =>
      models.channelMarks.claimExamination(channelId, new Date(lane.now()), everyMs),
    examine: async (channel) => {
      const provider = lane.findProvider(channel.provider);
      if (provider === undefined) return [];
      const now = new Date(lane.now());
      return examineChannel({ models, http: lane.http, config, channel, provider, now });
    },
    raiseAlert: lane.raiseAlert,
    endAlerts: (of, subjects) => models.alerts.endOthers(of, subjects, new Date(lane.now())),
    log,
  };
  return startRepeating({
    everyMs: Math.min(everyMs, longestPauseMs),
    run: (stopping) => examineChannels(ports, stopping),
    failedEvent: "doctor.failed",
    log,
  });
}
