import { mutate } from "./mutate.ts";

mutate({
  module: "/lanes/reconcile.ts",
  replace: "const found = await findEvidence(ports, { outgoing, channel, provider, signal });",
  by: 'const found = { kind: "absent" };',
});
