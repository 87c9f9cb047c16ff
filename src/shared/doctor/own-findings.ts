import type { Finding } from "#shared/domain/finding.ts";
import type { ChannelMark } from "#shared/models/channel-marks.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { PollHealth } from "#shared/models/polls.ts";
import { botIdsOf } from "#shared/models/channels.ts";
import type { Provider } from "#shared/providers/provider.ts";

/** What we know of a channel ourselves. */
export interface ChannelFacts {
  readonly channel: OpenChannel;
  readonly provider: Provider;
  /** A secret of the channel's own, or a provider-wide one that speaks for it. */
  readonly hasSecret: boolean;
  readonly mark: Pick<ChannelMark, "webhookAt" | "provenAt" | "healedTo">;
  /** How often the provider's own record is compared; 0: never. */
  readonly healEveryMs: number;
  /** How fetching went last, where somebody ever fetched. */
  readonly poll?: PollHealth;
  /** When the customers of its youngest conversations wrote last, the youngest first. */
  readonly heardAt: readonly Date[];
  readonly now: Date;
}

/** Everything that can be said without asking the provider; pure. */
export const ownFindings = (facts: ChannelFacts): readonly Finding[] =>
  [sending, answering, secret, signature, polling, history, silence, window, pace].flatMap(
    (look) => {
      const finding = look(facts);
      return finding === undefined ? [] : [finding];
    },
  );

type Look = (facts: ChannelFacts) => Finding | undefined;

const ok = (check: string, says: string): Finding => ({ check, state: "ok", says });

const sending: Look = ({ channel: { _id, paused } }) =>
  paused === undefined
    ? ok("sending", "Replies leave.")
    : {
        check: "sending",
        state: "fail",
        says: `Replies wait since ${paused.at.toISOString()}: ${paused.reason} (${paused.code}).`,
        fix: `Mend that at the provider, then: channel set ${_id} --resume`,
      };

const answering: Look = ({ channel }) => {
  const check = "bot";
  const { _id, active } = channel;
  if (!active)
    return {
      check,
      state: "warn",
      says: "The bot is off here.",
      fix: `channel set ${_id} --active`,
    };
  if (botIdsOf(channel).length > 0) return ok(check, "A bot answers.");
  const fix = `bot import FILE --channel ${_id} --publish`;
  return { check, state: "warn", says: "No bot answers: every message waits for a person.", fix };
};

const secret: Look = ({ channel: { _id, delivery, open, secrets }, hasSecret }) => {
  const check = "secret";
  const fix = `channel set ${_id} --secret SECRET, the same at the provider`;
  if (secrets.length > 0 || (hasSecret && open !== "anywhere"))
    return ok(check, "Webhooks have to prove a secret.");
  const isPolled = delivery === "polling";
  if (open === undefined)
    return isPolled
      ? ok(check, "Messages are fetched; a webhook would get 401.")
      : { check, state: "fail", says: "No secret is set: every webhook gets 401.", fix };
  const who = open === "anywhere" ? "Anybody" : "Any program on this machine";
  const state = open === "anywhere" ? "fail" : "warn";
  return { check, state, says: `${who} can speak for the channel's customers.`, fix };
};

const dayMs = 86_400_000;
const unprovenMs = 7 * dayMs;
/** The health is written with the lease's renewals. */
const leastQuietMs = 120_000;

const signature: Look = ({ channel, mark: { webhookAt, provenAt }, hasSecret, now }) => {
  const check = "signature";
  if (channel.delivery === "polling") return undefined;
  if (webhookAt === undefined)
    return {
      check,
      state: "warn",
      says: "No webhook ever came.",
      fix: "Enter the channel's webhook address at the provider and switch its notifications on.",
    };
  if (!hasSecret) return undefined;
  if (provenAt !== undefined && now.getTime() - provenAt.getTime() < unprovenMs)
    return ok(check, `A webhook proved its secret at ${provenAt.toISOString()}.`);
  const last = provenAt === undefined ? "yet" : `since ${provenAt.toISOString()}`;
  return {
    check,
    state: "warn",
    says: `No webhook proved its secret ${last}; the last one came at ${webhookAt.toISOString()}.`,
    fix: "Compare the secret here with the one at the provider.",
  };
};

const anyFix = "See the workers' log (poll.failed) and docs/providers for this provider.";

/** Where messages are fetched: whether that goes well. */
const polling: Look = ({ channel: { delivery, pollEveryMs }, provider, poll, now }) => {
  const check = "polling";
  if (delivery !== "polling" || provider.poll === undefined) return undefined;
  const { failures = 0, failingSince, reason, advice, answeredAt } = poll ?? {};
  if (failures > 0)
    return {
      check,
      state: "fail",
      says: `Messages cannot be fetched since ${(failingSince ?? now).toISOString()}: ${reason ?? "unknown"}.`,
      fix: advice ?? anyFix,
    };
  const quietMs = leastQuietMs + 2 * (pollEveryMs ?? provider.poll.everyMs);
  if (answeredAt !== undefined && now.getTime() - answeredAt.getTime() < quietMs)
    return ok(check, `Messages were fetched last at ${answeredAt.toISOString()}.`);
  const says =
    answeredAt === undefined
      ? "Nobody has fetched messages yet."
      : `Nobody has fetched messages since ${answeredAt.toISOString()}.`;
  return { check, state: "warn", says, fix: "See that a worker runs." };
};

const leastUnhealedMs = 3_600_000;

/** Where the provider can be asked what it has written down: whether that is done. */
const history: Look = ({ provider, mark: { healedTo }, healEveryMs, now }) => {
  const check = "history";
  if (provider.history === undefined || healEveryMs === 0 || healedTo === undefined)
    return undefined;
  const says = `What the provider has written down was compared up to ${healedTo.toISOString()}.`;
  const lateMs = now.getTime() - healedTo.getTime();
  if (lateMs <= leastUnhealedMs + 2 * healEveryMs) return ok(check, says);
  const fix = "See that a worker runs, and its log (heal.failed).";
  return { check, state: "warn", says, fix };
};

const leastConversations = 5;
const patience = 2;

/** Longer than twice the longest break among the youngest conversations. */
const silence: Look = ({ heardAt, now }) => {
  const [last] = heardAt;
  if (last === undefined || heardAt.length < leastConversations) return undefined;
  const times = heardAt.map((at) => at.getTime());
  const breaks = times.slice(1).map((time, place) => (times[place] ?? time) - time);
  const usualMs = Math.max(...breaks, 3_600_000);
  const silentMs = now.getTime() - last.getTime();
  const says = `The last message came ${hours(silentMs)} h ago; the longest break was ${hours(usualMs)} h.`;
  if (silentMs <= usualMs * patience) return ok("silence", says);
  const fix = "Write to the number yourself; if nothing comes, see the webhook at the provider.";
  return { check: "silence", state: "warn", says, fix };
};

const hours = (ms: number): number => Math.round(ms / 360_000) / 10;

const window: Look = ({ channel: { _id, windowTemplate }, provider: { defaults } }) => {
  if (defaults.windowMs === undefined) return undefined;
  const open = hours(defaults.windowMs);
  if (windowTemplate !== undefined)
    return ok("window", `After ${open} h of silence the template ${windowTemplate.name} is sent.`);
  return {
    check: "window",
    state: "warn",
    says: `A reply later than ${open} h after the customer's last message is parked.`,
    fix: `channel set ${_id} --window-template NAME --window-language CODE`,
  };
};

const rateOf = (perSecond: number): string =>
  Number.isInteger(perSecond)
    ? `${perSecond} messages a second`
    : `${Math.round(perSecond * 60)} messages a minute`;

const pace: Look = ({ channel: { _id, perSecond }, provider: { defaults } }) => {
  const check = "limits";
  const most = defaults.perSecond;
  if (perSecond === undefined || perSecond <= most)
    return ok(check, `At most ${rateOf(perSecond ?? most)} leave.`);
  const says = `${perSecond} messages a second are more than the provider's ${rateOf(most)}.`;
  return { check, state: "warn", says, fix: `channel set ${_id} --per-second none` };
};
