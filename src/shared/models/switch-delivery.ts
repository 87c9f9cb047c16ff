import type { Config } from "#shared/config/env.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { wantedSettingsOf } from "#shared/models/wanted-settings.ts";
import type { Answer, DeviceCall, Provider, SettingFault } from "#shared/providers/provider.ts";

type Told = Answer<readonly SettingFault[]>;

/**
 * Tells the provider that messages are posted, or wait to be fetched, from now on; answers what was
 * written there. It comes before the channel's own setting: a refusal changes nothing on either side.
 * Nothing is lost in between, for it is the same queue, kept 24 hours, that is posted or fetched
 * (https://green-api.com/en/docs/api/queues/ClearWebhooksQueue), and either way in is always open.
 */
export async function switchDelivery(
  config: Config,
  provider: Provider,
  channel: OpenChannel,
  call: DeviceCall,
): Promise<Told> {
  const { device } = provider;
  if (device === undefined) return { state: "ok", done: [] };
  const wanted = wantedSettingsOf(config, provider, channel);
  if (wanted.url !== undefined) return device.applySettings(call, wanted);
  const checked = await device.checkSettings(call, wanted);
  return checked.state === "ok" && checked.done.length > 0 ? noAddressOfOurs : checked;
}

const noAddressOfOurs: Told = {
  state: "refused",
  reason: "Nobody told where the provider shall post.",
  advice: "Set PUBLIC_URL, the address under which providers reach the API.",
};

/** True where the channel's messages shall come in the other way. */
export const isSwitched = (
  before: Pick<OpenChannel, "delivery">,
  { delivery }: Pick<OpenChannel, "delivery">,
): boolean => delivery !== undefined && delivery !== (before.delivery ?? "webhook");
