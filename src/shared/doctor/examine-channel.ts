import { accountOf } from "#shared/config/api-url.ts";
import type { Config } from "#shared/config/env.ts";
import { secretsOf } from "#shared/config/webhook-secrets.ts";
import { ownFindings, type ChannelFacts } from "#shared/doctor/own-findings.ts";
import { theirFindings } from "#shared/doctor/their-findings.ts";
import type { Finding } from "#shared/domain/finding.ts";
import type { Models } from "#shared/models/open-models.ts";
import { wantedSettingsOf } from "#shared/models/wanted-settings.ts";
import type { Http } from "#shared/providers/http.ts";
import type { WantedSettings } from "#shared/providers/provider.ts";

interface Examined extends Pick<ChannelFacts, "channel" | "provider" | "now"> {
  readonly models: Pick<Models, "channelMarks" | "channels" | "conversations" | "polls">;
  readonly http: Http;
  readonly config: Config;
}

const mostConversations = 50;

/** All checks of a channel: our own, then the provider's. It changes nothing there. */
export async function examineChannel(examined: Examined): Promise<readonly Finding[]> {
  const { models, channel, provider, config, now } = examined;
  const { tenantId, _id } = channel;
  const [mark, heardAt, poll, theirs] = await Promise.all([
    models.channelMarks.read(_id),
    models.conversations.listHeardAt(tenantId, _id, mostConversations),
    models.polls.findOf(tenantId, _id),
    channel.token === "" ? [noToken(_id)] : askProvider(examined),
  ]);
  const hasSecret = secretsOf(config, provider, channel).length > 0;
  const healEveryMs = config.HEAL_EVERY_MS;
  const facts = { channel, provider, hasSecret, mark: mark ?? {}, heardAt, healEveryMs, now };
  return [...ownFindings({ ...facts, ...(poll && { poll: poll.health }) }), ...theirs];
}

const noToken = (id: string): Finding => ({
  check: "token",
  state: "fail",
  says: "No token is set: nothing can be sent.",
  fix: `channel set ${id} --token-stdin < token.txt`,
});

async function askProvider(examined: Examined): Promise<readonly Finding[]> {
  const { channel, provider, http, config, now } = examined;
  const { _id, wabaId } = channel;
  const findings = await theirFindings(provider, {
    http,
    account: accountOf(channel, config),
    signal: AbortSignal.timeout(config.SEND_TIMEOUT_MS),
    now,
    wanted: await wantedOf(examined),
    ...(wabaId === undefined ? {} : { businessId: wabaId }),
  });
  return findings.map((finding) => nameChannel(finding, _id));
}

/** A provider speaks of its channel as ID, for it knows no other name of it. */
const nameChannel = (finding: Finding, id: string): Finding =>
  finding.fix === undefined ? finding : { ...finding, fix: finding.fix.replace(/\bID\b/, id) };

const mostSiblings = 100;

/** One address serves an account: then that of any other channel of the tenant does. */
async function wantedOf({ models, channel, provider, config }: Examined): Promise<WantedSettings> {
  const wanted = wantedSettingsOf(config, provider, channel);
  if (provider.isAccountWide !== true) return wanted;
  const { tenantId } = channel;
  const siblings = await models.channels.listOf(tenantId, provider.name, "", mostSiblings);
  const others = siblings.map(({ key }) => wantedSettingsOf(config, provider, { ...channel, key }));
  return { ...wanted, isOurs: (url) => [wanted, ...others].some((each) => each.isOurs(url)) };
}
