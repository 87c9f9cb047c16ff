export { default as welcome } from "./welcome.ts";
export { default as message } from "./message.ts";
export { default as question } from "./question.ts";
export { default as buttons } from "./buttons.ts";
export { default as condition } from "./condition.ts";
