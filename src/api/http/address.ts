import type { Request } from "express";
import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";

/** Where the request comes from, as far as the trusted proxies tell; "" when the socket is gone. */
export const addressOf = (request: Request): string => read(request.ip ?? "").plain;

interface Address {
  /** `::ffff:10.0.0.1` and `10.0.0.1` are the same place. */
  readonly plain: string;
  readonly isLoopback: boolean;
}

// Providers post from few addresses, and each is asked for several times a request.
const known = new LRUCache<string, Address>({ max: 1000 });

function read(text: string): Address {
  const found = known.get(text);
  if (found !== undefined) return found;
  const address = parse(text);
  known.set(text, address);
  return address;
}

function parse(text: string): Address {
  if (!ipaddr.isValid(text)) return { plain: text, isLoopback: false };
  const address = ipaddr.process(text);
  return { plain: address.toString(), isLoopback: address.range() === "loopback" };
}

const proxyHeaders = ["x-forwarded-for", "forwarded", "x-real-ip"] as const;

/**
 * True for a program on this machine. A tunnel or proxy that nobody named in TRUST_PROXY also comes
 * from loopback, but says so in a header; a page in a browser says so by its origin.
 */
export function isLocal(request: Request): boolean {
  if (!read(request.ip ?? "").isLoopback) return false;
  if (request.get("origin") !== undefined) return false;
  return proxyHeaders.every((name) => request.get(name) === undefined);
}

/** True when the list is empty or one of its addresses or networks (CIDR) has the address. */
export const isListed = (address: string, list: readonly string[]): boolean =>
  list.length === 0 || (ipaddr.isValid(address) && list.some((entry) => contains(entry, address)));

function contains(entry: string, address: string): boolean {
  const ip = ipaddr.process(address);
  if (!entry.includes("/")) return ipaddr.isValid(entry) && read(entry).plain === ip.toString();
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [network, bits] = ipaddr.parseCIDR(entry);
  return network.kind() === ip.kind() && ip.match(network, bits);
}

/** IPv6 hands every customer a whole /64: such a network counts as one place. */
export function placeOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString();
}
