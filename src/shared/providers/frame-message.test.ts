import { expect, test } from "vitest";
import { frameMessage } from "#shared/providers/frame-message.ts";

const tell = frameMessage("WHATSAPP");
const message = {
  messageId: "1",
  peer: "1234567890@c.us",
  name: "Анна",
  phone: "1234567890",
  type: "text",
  text: "Привет!",
  showContent: true,
} as const;

test("a message is told in the block that the document shows", () => {
  const line = "============================================================";

  expect(tell(message)?.split("\n")).toEqual([
    "",
    line,
    "📱 НОВОЕ СООБЩЕНИЕ ИЗ WHATSAPP",
    "📞 Номер телефона: +1234567890",
    "💬 Сообщение: Привет!",
    line,
  ]);
});

test("a chat without a phone is told by its name, a message without text by its type", () => {
  const told = tell({ ...message, phone: undefined, type: "image", text: undefined });

  expect(told).toContain("📞 Номер телефона: 1234567890@c.us");
  expect(told).toContain("💬 Сообщение: [image]");
});

test("nothing of it stands in a log that hides content", () => {
  expect(tell({ ...message, showContent: false })).toBeUndefined();
});
