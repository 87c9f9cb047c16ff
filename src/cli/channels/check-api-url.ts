import ipaddr from "ipaddr.js";
import { CommandError } from "#cli/failures.ts";
import type { Config } from "#shared/config/env.ts";
import { findFault } from "#shared/providers/guard.ts";

const guardedPorts = [443, 80];

/** Tokens go there: in clear only within this machine, and only where the settings say so too. */
export function checkApiUrl(apiUrl: string, provider: string, config: Config): void {
  const url = new URL(apiUrl);
  if (apiUrl === wideUrlOf(provider, config) && isLoopback(url)) return;
  const fault =
    url.protocol === "https:"
      ? findFault(url, guardedPorts)
      : "it must be https, or the token would travel in clear";
  if (fault !== undefined) throw new CommandError(`--api-url: ${url.origin} is refused: ${fault}`);
}

const wideUrlOf = (provider: string, config: Config): string =>
  provider === "green-api" ? config.GREEN_API_URL : config.WHATSAPP_API_URL;

function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replaceAll(/^\[|\]$/g, "");
  if (host === "localhost") return true;
  return ipaddr.isValid(host) && ipaddr.parse(host).range() === "loopback";
}
