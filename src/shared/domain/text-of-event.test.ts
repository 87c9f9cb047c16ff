import { expect, test } from "vitest";
import type { MessageEvent } from "./event.ts";
import { textOfEvent } from "./text-of-event.ts";

const event = (more: Partial<MessageEvent>): MessageEvent => ({
  kind: "message",
  direction: "in",
  type: "text",
  ...more,
});
const location = { latitude: 51.5007, longitude: -0.1246, name: "Plaza", address: "1 Street" };
const contacts = [{ name: "Bob", phones: ["+1", "+2"] }, { phones: ["+3"] }];

test.for<[string, Partial<MessageEvent>, string | undefined]>([
  ["a place", { type: "location", location }, "Plaza\n1 Street\n51.5007, -0.1246"],
  ["cards", { type: "contacts", contacts }, "Bob +1 +2\n+3"],
  ["its own words", { type: "location", location, text: "here" }, "here"],
  ["nothing", { type: "image" }, undefined],
])("the words of a message are those of %s", ([, more, text]) => {
  expect(textOfEvent(event(more))).toBe(text);
});
