import { mutate } from "./mutate.ts";

mutate({
  module: "/conversation/flush-effects.ts",
  replace: "await ports.insertOutgoing(",
  by: "if (effect.sequence % 5 !== 0) await ports.insertOutgoing(",
});
