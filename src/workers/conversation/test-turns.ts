import type { Conversation } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import { candidateOf, type Candidate } from "#workers/conversation/next-message.ts";

export const noon = Date.parse("2026-11-21T12:00:00Z");

/** A conversation that has only begun, but for what is given. */
export const buildConversation = (given: Partial<Conversation> = {}): Conversation => ({
  _id: "conversation",
  schemaVersion: 1,
  tenantId: "tenant",
  channelId: "channel",
  peer: "79001234567",
  version: 0,
  commit: "",
  mode: "bot",
  status: "active",
  timers: [],
  effects: [],
  outSequence: 0,
  ...given,
});

export const buildWebhook = (given: Partial<Webhook> = {}): Webhook => ({
  _id: "01",
  schemaVersion: 1,
  tenantId: "tenant",
  channelId: "channel",
  provider: "green-api",
  source: "webhook",
  raw: Buffer.alloc(0),
  headers: {},
  request: { id: "request", address: "", userAgent: "", bytes: 0 },
  arrivedAt: new Date(noon),
  pending: [],
  keys: [],
  ...given,
});

/** A customer's text, but for what is given. */
export const buildMessage = (given: Partial<MessageEvent> = {}): MessageEvent => ({
  kind: "message",
  direction: "in",
  type: "text",
  text: "hello",
  messageId: "m1",
  chatId: "79001234567",
  senderId: "79001234567",
  at: new Date(noon).toISOString(),
  ...given,
});

/** The same as a candidate for the next turn. */
export const buildCandidate = (
  message: Partial<MessageEvent> = {},
  webhook: Partial<Webhook> = {},
  place = 0,
): Candidate => candidateOf(buildMessage(message), buildWebhook(webhook), place);
