import type { Request } from "express";
import ipaddr from "ipaddr.js";

/** Where the request comes from, as far as the trusted proxies tell; "" when the socket is gone. */
export const addressOf = (request: Request): string => plain(request.ip ?? "");

/** `::ffff:10.0.0.1` and `10.0.0.1` are the same place. */
function plain(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

const proxyHeaders = ["x-forwarded-for", "forwarded", "x-real-ip"] as const;

/**
 * True for a program on this machine. A tunnel or proxy that nobody named in TRUST_PROXY also comes
 * from loopback, but says so in a header; a page in a browser says so by its origin.
 */
export function isLocal(request: Request): boolean {
  const address = addressOf(request);
  if (!ipaddr.isValid(address) || ipaddr.parse(address).range() !== "loopback") return false;
  if (request.get("origin") !== undefined) return false;
  return proxyHeaders.every((name) => request.get(name) === undefined);
}

/** True when the list is empty or one of its addresses or networks (CIDR) has the address. */
export const isListed = (address: string, list: readonly string[]): boolean =>
  list.length === 0 || (ipaddr.isValid(address) && list.some((entry) => contains(entry, address)));

function contains(entry: string, address: string): boolean {
  const ip = ipaddr.process(address);
  if (!entry.includes("/")) return ipaddr.isValid(entry) && plain(entry) === ip.toString();
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [network, bits] = ipaddr.parseCIDR(entry);
  return network.kind() === ip.kind() && ip.match(network, bits);
}

/** IPv6 hands every customer a whole /64: such a network counts as one place. */
export function placeOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`).toString();
}
