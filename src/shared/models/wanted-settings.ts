import type { Config } from "#shared/config/env.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { secretsOf } from "#shared/config/webhook-secrets.ts";
import { knownPathsOf } from "#shared/models/webhook-paths.ts";
import type { Provider, WantedSettings } from "#shared/providers/provider.ts";

type Wanting = Pick<OpenChannel, "provider" | "key" | "secrets" | "defaultOf" | "delivery">;

/** How the channel's account should be set up at its provider: its messages are posted here and prove themselves, or wait. */
export function wantedSettingsOf(
  config: Config,
  provider: Provider,
  channel: Wanting,
): WantedSettings {
  if (channel.delivery === "polling") return noAddress;
  const known = knownPathsOf(channel);
  const [path = ""] = known;
  const [secret] = secretsOf(config, provider, channel);
  const { PUBLIC_URL: base } = config;
  return {
    url: base === undefined ? undefined : base + path,
    path,
    isOurs: (url) => {
      const parsed = URL.parse(url);
      if (parsed === null || (base !== undefined && !url.startsWith(`${base}/`))) return false;
      const found = base === undefined ? parsed.pathname : url.slice(base.length);
      return known.includes(found.replace(/\/+$/, ""));
    },
    secret,
  };
}

/** What is posted elsewhere nobody can fetch. */
const noAddress: WantedSettings = {
  url: "",
  path: "",
  isOurs: (url) => url === "",
  secret: undefined,
};
