import { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import { accountOf } from "#shared/config/api-url.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import type { Checked } from "#shared/providers/provider.ts";

export const connectionSchema = z
  .object({
    state: z.enum(["ok", "refused", "unreached", "not_tested"]),
    reason: z.string().nullable(),
    advice: z.string().nullable(),
  })
  .meta({
    id: "ConnectionTest",
    description: "What the provider said of the token; the channel is saved whatever it said",
  });

type Connection = z.input<typeof connectionSchema>;

const notTested: Connection = { state: "not_tested", reason: null, advice: null };

/** Asks the provider with the stored token; never throws for what the provider does. */
export async function testConnection(api: ApiDeps, channelId: string): Promise<Connection> {
  await api.directory.refresh();
  const channel = await api.directory.byId(channelId);
  const checked = channel && (await askProvider(api, channel, api.config.SEND_TIMEOUT_MS));
  return checked === undefined ? notTested : show(checked);
}

/** What the provider says of the account; undefined where it cannot be asked. */
export async function askProvider(
  api: Pick<ApiDeps, "config" | "http">,
  channel: OpenChannel,
  budgetMs: number,
): Promise<Checked | undefined> {
  const provider = findProvider(channel.provider);
  if (provider?.check === undefined || channel.token === "") return undefined;
  const signal = AbortSignal.timeout(budgetMs);
  return provider.check({ http: api.http, account: accountOf(channel, api.config), signal });
}

const show = (checked: Checked): Connection => ({
  state: checked.state,
  reason: "reason" in checked ? checked.reason : null,
  advice: "advice" in checked ? checked.advice : null,
});

/** Tests unless the caller asked for no call to the provider. */
export const testUnless = (api: ApiDeps, channelId: string, test: boolean): Promise<Connection> =>
  test ? testConnection(api, channelId) : Promise.resolve(notTested);
