export { default as "whatsapp-cloud" } from "./whatsapp-cloud/index.ts";
export { default as "green-api" } from "./green-api/index.ts";
export { default as "wazzup24" } from "./wazzup24/index.ts";
export { default as "chatrace" } from "./chatrace/index.ts";
