import type { Finding } from "#shared/domain/finding.ts";
import type { Alert } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Log } from "#shared/runtime/log.ts";

/** Everything that the doctor touches when nobody called it. */
export interface DoctorPorts {
  readonly listChannels: () => readonly OpenChannel[];
  /** True for one worker in a while. */
  readonly claim: (channelId: string) => Promise<boolean>;
  readonly examine: (channel: OpenChannel) => Promise<readonly Finding[]>;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  /** Ends the channel's alerts of the kind, other than those about these subjects. */
  readonly endAlerts: (
    of: Pick<Alert, "tenantId" | "channelId" | "kind">,
    subjects: readonly string[],
  ) => Promise<unknown>;
  readonly log: Log;
}

/** Looks over each channel that is due, one after another. */
export async function examineChannels(ports: DoctorPorts, stopping: AbortSignal): Promise<void> {
  for (const channel of ports.listChannels()) {
    if (stopping.aborted) return;
    if (channel.deletedAt !== undefined || !(await ports.claim(channel._id))) continue;
    await examineOne(ports, channel);
  }
}

/** One that cannot be examined keeps nobody from the others. */
async function examineOne(ports: DoctorPorts, channel: OpenChannel): Promise<void> {
  try {
    await tell(ports, channel, await ports.examine(channel));
  } catch (error) {
    ports.log.warn({ event: "channel.unexamined", channelId: channel._id, err: error });
  }
}

const kind = "channel.unwell";

/** One alert for a channel and check; a check that is no longer bad ends it. */
async function tell(
  ports: DoctorPorts,
  { _id: channelId, tenantId, name }: OpenChannel,
  findings: readonly Finding[],
): Promise<void> {
  const subjectOf = ({ check }: Finding): string => `${channelId}|${check}`;
  const failed = findings.filter(({ state }) => state === "fail");
  for (const finding of failed) {
    const { check, says, fix } = finding;
    ports.log.warn({ event: kind, channelId, check, says });
    const text = [`${name}: ${says}`, fix].filter(Boolean).join(" ");
    await ports.raiseAlert({ tenantId, channelId, kind, subject: subjectOf(finding), text });
  }
  // Without the provider's own word it is not known what is over.
  if (!findings.some(({ check, state }) => check === "token" && state === "ok")) return;
  const bad = findings.filter(({ state }) => state !== "ok").map(subjectOf);
  await ports.endAlerts({ tenantId, channelId, kind }, bad);
}
