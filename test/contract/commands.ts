import type { Command } from "#shared/domain/command.ts";

const link = "https://cdn.example.test/a.jpg";

/** One command of every kind, as small as it may be, and of some kinds the whole. */
export const commands = {
  text: { type: "text", text: "Hello" },
  buttons: { type: "buttons", text: "Which?", buttons: [{ id: "a", title: "Book" }] },
  list: {
    type: "list",
    text: "When?",
    header: "Visit",
    footer: "Salon",
    button: "Times",
    sections: [{ title: "Morning", rows: [{ id: "r1", title: "9:00", description: "free" }] }],
  },
  template: { type: "template", name: "reminder", language: "ru" },
  wholeTemplate: {
    type: "template",
    name: "reminder",
    language: "ru",
    bodyTexts: ["Ann", "14:00"],
    header: { type: "image", link },
    buttons: [
      { index: 0, type: "quick_reply", payload: "yes" },
      { index: 1, type: "url", text: "visit-1" },
      { index: 2, type: "copy_code", code: "SPRING" },
    ],
  },
  image: { type: "image", link, caption: "A picture" },
  location: {
    type: "location",
    latitude: 51.5007,
    longitude: -0.1246,
    name: "Salon",
    address: "1 Example Street",
  },
  contacts: {
    type: "contacts",
    contacts: [{ name: "Ann Smith", phones: ["+447700900456"], company: "Salon" }],
  },
  reaction: { type: "reaction", messageId: "m1", emoji: "👍" },
  poll: { type: "poll", text: "Which day?", options: ["Monday", "Tuesday"] },
  pollOfMany: { type: "poll", text: "Which days?", options: ["Mo", "Tu"], isMultiple: true },
  form: {
    type: "form",
    text: "Tell us about the visit",
    header: "Visit",
    button: "Open",
    flowId: "700000000000001",
    token: "visit-1",
    screen: "START",
    data: { name: "Ann" },
  },
  read: { type: "read", messageId: "m1" },
  typing: { type: "typing", messageId: "m1" },
} as const satisfies Readonly<Record<string, Command>>;
