import { mutate } from "./mutate.ts";

mutate({
  module: "/conversation/next-message.ts",
  replace: "if (a.sentAt !== b.sentAt) return a.sentAt - b.sentAt;",
  by: "",
});
