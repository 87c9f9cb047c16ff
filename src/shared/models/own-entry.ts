import { z } from "zod";
import type { Command } from "#shared/domain/command.ts";
import { operatorActs, type OwnEvent } from "#shared/domain/own-event.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Channel } from "#shared/models/channels.ts";
import type { Webhook } from "#shared/models/webhooks.ts";

/**
 * A journal entry of our own act (operator, resend): the same way as a webhook, so that a
 * conversation has one writer. `key` makes a repeated act the same entry.
 */
export function buildOwnEntry(
  channel: Pick<Channel, "_id" | "tenantId" | "provider">,
  key: string,
  event: OwnEvent,
  now: Date,
): Webhook {
  const conversationId = conversationIdOf(channel._id, event.chatId);
  const raw = Buffer.from(JSON.stringify(event));
  return {
    _id: `own|${channel._id}|${key}`,
    schemaVersion: 1,
    tenantId: channel.tenantId,
    channelId: channel._id,
    provider: channel.provider,
    source: "own",
    raw,
    headers: {},
    request: { id: key, address: "", userAgent: "", bytes: raw.length },
    arrivedAt: now,
    pending: [conversationId],
    keys: [conversationId],
    sweepAt: now,
  };
}

const command = z.custom<Command>(
  (value) => typeof value === "object" && value !== null && "type" in value,
);

const ownEvent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("operator"),
    actId: z.string(),
    act: z.enum(operatorActs),
    chatId: z.string(),
    command: command.exactOptional(),
    by: z.string().exactOptional(),
    assignee: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal("resend"),
    chatId: z.string(),
    outgoingId: z.string(),
    attempt: z.number().int(),
    command,
    origin: z.enum(["bot", "operator"]),
    ifNewest: z.literal(true).exactOptional(),
  }),
  z.object({
    kind: z.literal("sent"),
    chatId: z.string(),
    outgoingId: z.string(),
    command,
    origin: z.enum(["bot", "operator"]),
    by: z.string().exactOptional(),
    at: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal("crm_answer"),
    chatId: z.string(),
    waitId: z.string(),
    isOk: z.boolean(),
    values: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal("contact_answer"), chatId: z.string(), name: z.string() }),
]);

/** Reads back what `buildOwnEntry` stored. */
export const parseOwnEvent = (raw: Buffer): OwnEvent =>
  ownEvent.parse(JSON.parse(raw.toString("utf8")));
