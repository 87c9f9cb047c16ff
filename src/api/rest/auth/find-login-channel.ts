import type { ApiDeps } from "#api/deps.ts";
import { Problem } from "#api/rest/problem.ts";
import { secretsOf } from "#shared/config/webhook-secrets.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { findProvider } from "#shared/providers/find-provider.ts";

/** Where people write to sign in. */
export interface LoginChannel {
  readonly channel: OpenChannel;
  /** E.164. */
  readonly number: string;
  /** The provider's own word on the account. */
  readonly state: string | null;
}

/** The named channel, or the house's; refused where no message could ever prove its sender. */
export async function findLoginChannel(
  api: ApiDeps,
  id: string | undefined,
): Promise<LoginChannel> {
  const { models, config, directory } = api;
  const found = await models.channels.findForLogin(
    id === undefined ? { tenantId: config.ADMIN_TENANT } : { _id: id },
  );
  const channel = found === null ? undefined : await directory.byId(found._id);
  const provider = channel === undefined ? undefined : findProvider(channel.provider);
  if (channel?.phone === undefined || provider === undefined)
    throw new Problem(404, "No channel has sign-in: set its phone_number and sign_in");
  if (secretsOf(config, provider, channel).length === 0)
    throw new Problem(409, "This channel has no secret, so no message can prove who sent it");
  return { channel, number: channel.phone, state: await api.accountStates.of(channel) };
}
