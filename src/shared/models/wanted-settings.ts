import type { Config } from "#shared/config/env.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { secretsOf } from "#shared/config/webhook-secrets.ts";
import { webhookPathsOf } from "#shared/models/webhook-paths.ts";
import type { Provider, WantedSettings } from "#shared/providers/provider.ts";

/** What older set-ups hold. */
const olderPaths = ["/api/webhooks/greenapi/incoming"];

type Wanting = Pick<OpenChannel, "provider" | "key" | "secrets" | "defaultOf" | "delivery">;

/** How the channel's account should be set up at its provider: its messages are posted here and prove themselves, or wait. */
export function wantedSettingsOf(
  config: Config,
  provider: Provider,
  channel: Wanting,
): WantedSettings {
  if (channel.delivery === "polling") return noAddress;
  const [path = "", ...others] = webhookPathsOf(channel);
  const [secret] = secretsOf(config, provider, channel);
  const { PUBLIC_URL: base } = config;
  return {
    url: base === undefined ? undefined : base + path,
    path,
    isOurs: (url) => {
      const known = URL.parse(url);
      if (known === null || (base !== undefined && !url.startsWith(`${base}/`))) return false;
      const found = base === undefined ? known.pathname : url.slice(base.length);
      return [path, ...others, ...olderPaths].includes(found.replace(/\/+$/, ""));
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
