import { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import { wideUrlOf } from "#shared/config/api-url.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import type { Checked } from "#shared/providers/provider.ts";

export const connectionSchema = z
  .object({
    state: z.enum(["ok", "refused", "unreached", "not_tested"]),
    reason: z.string().nullable(),
    advice: z.string().nullable(),
  })
  .meta({
    id: "Connection",
    description: "What the provider said of the token; the channel is saved whatever it said",
  });

type Connection = z.input<typeof connectionSchema>;

const notTested: Connection = { state: "not_tested", reason: null, advice: null };

/** Asks the provider with the stored token; never throws for what the provider does. */
export async function testConnection(api: ApiDeps, channelId: string): Promise<Connection> {
  await api.directory.refresh();
  const channel = await api.directory.byId(channelId);
  const provider = channel === undefined ? undefined : findProvider(channel.provider);
  if (channel === undefined || provider?.check === undefined || channel.token === "")
    return notTested;
  const wide = wideUrlOf(channel.provider, api.config);
  const apiUrl = channel.apiUrl ?? wide;
  const { externalId, token } = channel;
  return show(
    await provider.check({
      http: api.http,
      account: { externalId, token, apiUrl, guarded: apiUrl !== wide },
      signal: AbortSignal.timeout(api.config.SEND_TIMEOUT_MS),
    }),
  );
}

const show = (checked: Checked): Connection => ({
  state: checked.state,
  reason: "reason" in checked ? checked.reason : null,
  advice: "advice" in checked ? checked.advice : null,
});

/** Tests unless the caller asked for no call to the provider. */
export const testUnless = (api: ApiDeps, channelId: string, test: boolean): Promise<Connection> =>
  test ? testConnection(api, channelId) : Promise.resolve(notTested);
