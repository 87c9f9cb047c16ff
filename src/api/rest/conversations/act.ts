import { randomUUID } from "node:crypto";
import { z } from "zod";
import { conflict, invalid, notFound } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { OperatorEvent } from "#shared/domain/own-event.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Channel } from "#shared/models/channels.ts";
import { journalAct } from "#shared/models/journal-act.ts";

type Act = Omit<OperatorEvent, "kind" | "actId" | "chatId" | "by">;

export const accepted = z
  .object({
    id: z.string().meta({ description: "The act's entry in the journal" }),
    conversation_id: z.string(),
    is_new: z.boolean().meta({ description: "false: this Idempotency-Key was taken before" }),
    note: z.string().nullable(),
  })
  .meta({ id: "Accepted", description: "Stored; the workers do it in the conversation's order" });

const sane = /^[\w.:-]{1,200}$/;

/** The name of an act: a repeated call with the caller's key makes the same one. */
export function actIdOf({ caller }: Call<unknown>): string {
  const { idempotencyKey: key } = caller;
  if (key === undefined) return randomUUID();
  if (sane.test(key)) return key;
  throw invalid([
    { field: "Idempotency-Key", message: "takes letters, digits, _ . : and -, at most 200" },
  ]);
}

interface Place {
  readonly channel: Channel;
  readonly chatId: string;
}

/** An operator's act goes the way of a webhook, so that a conversation has one writer. */
export async function act(
  { api, identity }: Call<unknown>,
  { channel, chatId }: Place,
  actId: string,
  what: Act,
  at = new Date(),
): Promise<z.input<typeof accepted>> {
  const event = { kind: "operator", actId, chatId, by: identity.id, ...what } as const;
  const journaled = await journalAct(api.models.webhooks, channel, event, at);
  if (journaled === undefined)
    throw conflict("Idempotency-Key", "stands for another act already: use a new one");
  const conversationId = conversationIdOf(channel._id, chatId);
  // The answer does not wait for Redis: the sweeper would find the entry, too.
  api.background.run("wake", () => api.wake("conversations", conversationId));
  return {
    id: journaled.entry._id,
    conversation_id: conversationId,
    is_new: journaled.isNew,
    note: noteOf(channel),
  };
}

const noteOf = ({ paused }: Channel): string | null =>
  paused === undefined
    ? null
    : `The channel is paused (${paused.reason}): messages wait until it is resumed`;

/** A conversation of the tenant, with the channel that it runs over. */
export async function findPlace(
  { api, identity }: Call<unknown>,
  id: string,
): Promise<Place & { readonly conversation: Conversation }> {
  const { conversations, channels } = api.models;
  const conversation = await conversations.find(identity.tenantId, id);
  if (conversation === null) throw notFound("conversation");
  const channel = await channels.findOf(identity.tenantId, conversation.channelId);
  if (channel === null) throw notFound("conversation: its channel was deleted");
  return { conversation, channel, chatId: conversation.peer };
}
