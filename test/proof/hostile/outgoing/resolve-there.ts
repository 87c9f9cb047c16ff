// Preloaded into a real process: names that end with `.test` are asked of the proof's own name server.
import dns, { type LookupAddress, Resolver } from "node:dns";
import { syncBuiltinESMExports } from "node:module";

type Done = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

const resolver = new Resolver();
resolver.setServers([process.env["PROOF_DNS"] ?? ""]);
const lookUpHere = dns.lookup;

const lookUp = (host: string, options: { readonly all?: boolean }, done: Done): void => {
  if (!/\.test\.?$/.test(host)) {
    Reflect.apply(lookUpHere, dns, [host, options, done]);
    return;
  }
  resolver.resolve4(host, (noFour, four) => {
    resolver.resolve6(host, (noSix, six) => {
      const found = [
        ...(noFour === null ? four : []).map((address) => ({ address, family: 4 })),
        ...(noSix === null ? six : []).map((address) => ({ address, family: 6 })),
      ];
      const [first] = found;
      if (first === undefined)
        done(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "");
      else if (options.all === true) done(null, found);
      else done(null, first.address, first.family);
    });
  });
};

Object.assign(dns, { lookup: lookUp });
syncBuiltinESMExports();
