import type { Delivery } from "#api/webhooks/delivery.ts";
import type { Config } from "#shared/config/env.ts";
import { secretsOf, wideSecretsOf } from "#shared/config/webhook-secrets.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Log } from "#shared/runtime/log.ts";

/** Says whether a delivery may speak to a channel. */
export interface Verify {
  /** The provider-wide secrets prove it; false also where there are none. */
  provesWide(provider: Provider, delivery: Delivery): boolean;
  /** By a secret, or because the channel is open to it; undefined: it may not. */
  admits(
    provider: Provider,
    delivery: Delivery,
    channel: OpenChannel,
  ): "proven" | "open" | undefined;
  /** For a body of no channel on a shared address, where `fallback` is the route's default. */
  mayStay(provider: Provider, delivery: Delivery, fallback: OpenChannel | undefined): boolean;
}

const credentialHeaders = [
  "authorization",
  "x-webhook-token",
  "x-webhook-secret",
  "x-hub-signature-256",
] as const;

/** A channel's own secrets count alone; else the provider-wide ones; else the channel must be open. */
export function createVerify(config: Config, log: Log): Verify {
  const wide = (name: string): readonly string[] => wideSecretsOf(config, name);
  const warn = createWarning(log);
  const provesWide: Verify["provesWide"] = (provider, delivery) =>
    provider.authorize(delivery, wide(provider.name));
  return {
    provesWide,
    admits(provider, delivery, channel) {
      const secrets = secretsOf(config, provider, channel);
      if (provider.authorize(delivery, secrets)) return "proven";
      if (channel.secrets.length > 0) return undefined;
      const mayEnter = isOpenTo(delivery, channel, secrets.length > 0);
      if (mayEnter) warn("channel.open", channel, openAdvice);
      else if (secrets.length === 0) warn("channel.shut", channel, shutAdvice);
      return mayEnter ? "open" : undefined;
    },
    mayStay(provider, delivery, fallback) {
      const secrets = wide(provider.name);
      if (secrets.length === 0 || provesWide(provider, delivery)) return true;
      return fallback !== undefined && isOpenTo(delivery, fallback, true);
    },
  };
}

/** Where secrets exist, a wrong one never passes, and only this machine may come without any. */
function isOpenTo(delivery: Delivery, channel: OpenChannel, hasSecrets: boolean): boolean {
  if (channel.secrets.length > 0) return false;
  if (hasSecrets && credentialHeaders.some((name) => delivery.headers[name] !== undefined))
    return false;
  if (channel.open === "anywhere") return !hasSecrets;
  return channel.open === "loopback" && delivery.isLocal;
}

const openAdvice = "anyone there can speak for this channel's customers: give it a secret";
const shutAdvice = "no secret is set, so nothing can prove a webhook: give the channel one";
const warnEveryMs = 60_000;

/** Once a minute for each channel and trouble. */
function createWarning(log: Log) {
  const silentUntil = new Map<string, number>();
  return (event: string, { _id, open }: OpenChannel, advice: string): void => {
    const key = `${event}|${_id}`;
    if (Date.now() < (silentUntil.get(key) ?? 0)) return;
    silentUntil.set(key, Date.now() + warnEveryMs);
    log.warn({ event, channelId: _id, open, advice });
  };
}
