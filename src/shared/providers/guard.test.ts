import { expect, test } from "vitest";
import { createPublicLookup, findFault } from "./guard.ts";

const ports = [80, 443];
const faultOf = (address: string) => findFault(new URL(address), ports);

const refusedHosts = [
  "127.0.0.1",
  "127.1",
  "127.255.255.254",
  "0x7f.1",
  "0x7f000001",
  "017700000001",
  "2130706433",
  "１２７.0.0.1",
  "127。0。0。1",
  "0.0.0.0",
  "0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.100.100.200",
  "168.63.129.16",
  "169.254.0.1",
  "169.254.169.254",
  "0xa9fea9fe",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::127.0.0.1]",
  "[::7f00:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::ffff:8.8.8.8]",
  "[::ffff:0:127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::1]",
  "[100::1]",
  "[2001::1]",
  "[2001:2::1]",
  "[2001:10::1]",
  "[2001:20::1]",
  "[2001:db8::1]",
  "[2002:7f00:1::]",
  "[2002:a9fe:a9fe::]",
  "[3fff::1]",
  "[4000::1]",
  "[5f00::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[fe80::1]",
  "[fec0::1]",
  "[ff02::1]",
];

test.each(refusedHosts)("the address %s is refused", (host) => {
  expect(faultOf(`http://${host}/`)).toBe("the address is not a public one");
});

test.each([
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://example.com/",
  "http://user@example.com/",
  "http://user:pass@example.com/",
  "http://127.0.0.1@example.com/",
  "http://example.com:22/",
  "http://example.com:6379/",
  "https://example.com:8443/",
])("%s is refused for its form", (address) => {
  expect(faultOf(address)).toBeDefined();
});

test.each(["https://graph.facebook.com/v24.0", "http://8.8.8.8/", "https://[2606:4700::1111]/"])(
  "%s is allowed",
  (address) => {
    expect(faultOf(address)).toBeUndefined();
  },
);

test("a configured port is allowed", () => {
  expect(findFault(new URL("https://example.com:8443/"), [443, 8443])).toBeUndefined();
});

const lookUp = (addresses: readonly string[], all: boolean) =>
  new Promise<unknown>((resolve) => {
    const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const look = createPublicLookup((_host, _options, done) => done(null, found));
    look("name.example", { all }, (error, address) => resolve(error ?? address));
  });

test("a name with one private address among public ones is refused", async () => {
  expect(await lookUp(["8.8.8.8", "10.0.0.1"], true)).toMatchObject({ phase: "before" });
});

test("a name without addresses is refused", async () => {
  expect(await lookUp([], true)).toMatchObject({ phase: "before" });
});

test("the caller gets exactly the addresses that were checked", async () => {
  expect(await lookUp(["8.8.8.8"], false)).toBe("8.8.8.8");
  expect(await lookUp(["8.8.8.8", "1.1.1.1"], true)).toEqual([
    { address: "8.8.8.8", family: 4 },
    { address: "1.1.1.1", family: 4 },
  ]);
});
