import type { Config } from "#shared/config/env.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";

/** The secrets that speak for all of a provider's channels, or for its route's default. */
export function wideSecretsOf(config: Config, provider: string): readonly string[] {
  if (provider === "whatsapp-cloud") return config.WHATSAPP_APP_SECRET;
  return provider === "green-api" || provider === "chatrace" ? config.WEBHOOK_SECRET : [];
}

/**
 * What a webhook of the channel can prove. One Meta app signs for all its numbers; WEBHOOK_SECRET
 * speaks for the route's default alone.
 */
export function secretsOf(
  config: Config,
  { name }: Provider,
  { secrets, defaultOf }: Pick<OpenChannel, "secrets" | "defaultOf">,
): readonly string[] {
  if (secrets.length > 0) return secrets;
  return name === "whatsapp-cloud" || defaultOf === name ? wideSecretsOf(config, name) : [];
}
