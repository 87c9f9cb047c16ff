export { default as "whatsapp-cloud" } from "./whatsapp-cloud/index.ts";
export { default as "green-api" } from "./green-api/index.ts";
