import ipaddr from "ipaddr.js";
import type { Config } from "#shared/config/env.ts";
import { findFault } from "#shared/providers/guard.ts";
import type { Account } from "#shared/providers/provider.ts";

type Urls = Pick<
  Config,
  "GREEN_API_URL" | "WAZZUP24_API_URL" | "WHATSAPP_API_URL" | "CHATRACE_API_URL"
>;

const guardedPorts = [443, 80];

/** The operator's own setting, for channels without an address of their own. */
export function wideUrlOf(provider: string, config: Urls): string {
  if (provider === "green-api") return config.GREEN_API_URL;
  if (provider === "chatrace") return config.CHATRACE_API_URL;
  return provider === "wazzup24" ? config.WAZZUP24_API_URL : config.WHATSAPP_API_URL;
}

interface Connected {
  readonly provider: string;
  readonly externalId: string;
  readonly token: string;
  readonly apiUrl?: string;
}

/** A channel's account for a call: an address that a user set goes through the guarded client. */
export function accountOf(
  { provider, externalId, token, apiUrl }: Connected,
  config: Urls,
): Account {
  const wide = wideUrlOf(provider, config);
  const url = apiUrl ?? wide;
  return { externalId, token, apiUrl: url, guarded: url !== wide };
}

/** Why a token may not go there: in clear only within this machine, and only where the settings say so too. */
export function findApiUrlFault(
  apiUrl: string,
  provider: string,
  config: Urls,
): string | undefined {
  const url = new URL(apiUrl);
  if (apiUrl === wideUrlOf(provider, config) && isLoopback(url)) return undefined;
  const fault =
    url.protocol === "https:"
      ? findFault(url, guardedPorts)
      : "it must be https, or the token would travel in clear";
  return fault === undefined ? undefined : `${url.origin} is refused: ${fault}`;
}

function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replaceAll(/^\[|\]$/g, "");
  if (host === "localhost") return true;
  return ipaddr.isValid(host) && ipaddr.parse(host).range() === "loopback";
}
