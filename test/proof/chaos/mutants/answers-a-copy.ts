import { mutate } from "./mutate.ts";

mutate({
  module: "/conversation/read-inbox.ts",
  replace: "readApplied([...last, ...ids])",
  by: "readApplied(last)",
});
