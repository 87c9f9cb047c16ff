import { lookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { HttpFailure } from "#shared/providers/http-failure.ts";

/** Why a user's address must not be called, or undefined. Names are checked when they are resolved. */
export const findFault = (url: URL, ports: readonly number[]): string | undefined => {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return "only http and https are called";
  if (url.username !== "" || url.password !== "") return "the address carries a user name";
  if (!ports.includes(readPort(url))) return `port ${readPort(url)} is not allowed`;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // A literal is never looked up (https://github.com/nodejs/undici/issues/2019).
  if (ipaddr.isValid(host) && !isPublicAddress(host)) return "the address is not a public one";
  return undefined;
};

const readPort = (url: URL): number => {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
};

/** True for public unicast only: a new special range is closed until someone opens it. */
const isPublicAddress = (address: string): boolean => {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  if (parsed.kind() === "ipv4") return address !== azureHost;
  return parsed.match(ipaddr.parse("2000::"), 3);
};

/** Azure's metadata answers on a public address: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
const azureHost = "168.63.129.16";

type Resolve = (
  host: string,
  options: { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A lookup that fails unless every address is public; the caller connects to what was checked. */
export const createPublicLookup =
  (resolve: Resolve): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error !== null) return done(error, "");
      if (first === undefined) return done(refusal(host, "it has no address"), "");
      if (!addresses.every(({ address }) => isPublicAddress(address))) {
        return done(refusal(host, "it leads to an address that is not public"), "");
      }
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };

export const lookupPublic = createPublicLookup(lookup);

const refusal = (host: string, why: string): HttpFailure =>
  new HttpFailure("before", `${host} is not called: ${why}`);
