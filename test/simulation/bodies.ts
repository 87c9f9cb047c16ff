import { z } from "zod";
import type { Event } from "../../src/shared/domain/event.ts";
import type { Normalized } from "../../src/shared/domain/event.ts";

/** The simulated provider's webhook: what customers wrote, our own sends shown to us, receipts. */
export interface Body {
  readonly messages?: readonly BodyMessage[];
  readonly echoes?: readonly BodyMessage[];
  readonly receipts?: readonly BodyReceipt[];
}

export interface BodyMessage {
  readonly id: string;
  readonly chat: string;
  readonly at: number;
  readonly text: string;
}

export interface BodyReceipt {
  readonly id: string;
  readonly status: string;
  readonly callback?: string;
}

const message = z.object({ id: z.string(), chat: z.string(), at: z.number(), text: z.string() });
const receipt = z.object({
  id: z.string(),
  status: z.string(),
  callback: z.string().exactOptional(),
});
const schema = z.object({
  messages: z.array(message).default([]),
  echoes: z.array(message).default([]),
  receipts: z.array(receipt).default([]),
});

export function normalizeBody(body: unknown): Normalized {
  const { messages, echoes, receipts } = schema.parse(body);
  return {
    events: [
      ...messages.map((each) => toMessage(each, "in")),
      ...echoes.map((each) => toMessage(each, "out")),
      ...receipts.map(({ id, status, callback }): Event => ({
        kind: "status",
        messageId: id,
        status,
        ...(callback === undefined ? {} : { callback }),
      })),
    ],
  };
}

const toMessage = ({ id, chat, at, text }: BodyMessage, direction: "in" | "out"): Event => ({
  kind: "message",
  direction,
  type: "text",
  messageId: id,
  chatId: chat,
  senderId: chat,
  at: new Date(at).toISOString(),
  text,
  ...(direction === "out" ? { origin: "api" } : {}),
});
