import type { Finding } from "#shared/domain/finding.ts";
import { ownFindings, type ChannelFacts } from "#shared/doctor/own-findings.ts";
import { theirFindings } from "#shared/doctor/their-findings.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Http } from "#shared/providers/http.ts";
import type { Account } from "#shared/providers/provider.ts";

interface Examined extends Pick<ChannelFacts, "channel" | "provider" | "hasSecret" | "now"> {
  readonly models: Pick<Models, "channelMarks" | "conversations">;
  readonly http: Http;
  readonly account: Account;
  /** For all that the provider is asked. */
  readonly budgetMs: number;
}

const mostConversations = 50;

/** All checks of a channel: our own, then the provider's. It changes nothing there. */
export async function examineChannel(examined: Examined): Promise<readonly Finding[]> {
  const { models, channel, provider, http, account, budgetMs, now } = examined;
  const { tenantId, _id, wabaId } = channel;
  const signal = AbortSignal.timeout(budgetMs);
  const business = wabaId === undefined ? {} : { businessId: wabaId };
  const [mark, heardAt, theirs] = await Promise.all([
    models.channelMarks.read(_id),
    models.conversations.listHeardAt(tenantId, _id, mostConversations),
    channel.token === ""
      ? [noToken(_id)]
      : theirFindings(provider, { http, account, signal, now, ...business }),
  ]);
  return [...ownFindings({ ...examined, mark: mark ?? {}, heardAt }), ...theirs];
}

const noToken = (id: string): Finding => ({
  check: "token",
  state: "fail",
  says: "No token is set: nothing can be sent.",
  fix: `channel set ${id} --token-stdin < token.txt`,
});
