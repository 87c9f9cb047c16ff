export { default as webhook } from "./webhook/index.ts";
