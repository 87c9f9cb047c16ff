import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import type { Conversation } from "#shared/domain/conversation.ts";

const date = dateField.nullable();

export const conversationSchema = z
  .object({
    id: z.string(),
    channel_id: z.string(),
    chat_id: z.string().meta({ description: "The peer as the provider names it" }),
    status: z.enum(["active", "closed"]),
    mode: z
      .enum(["bot", "operator", "waiting"])
      .meta({ description: "Who answers; waiting: no bot is active" }),
    assignee_id: z.string().nullable(),
    unread: z.int(),
    contact: z
      .object({
        id: z.string(),
        name: z.string().nullable(),
        phone: z.string().nullable(),
        tags: z.array(z.string()),
      })
      .nullable(),
    preview: z
      .object({
        direction: z.enum(["in", "out"]),
        type: z.string(),
        text: z.string(),
        at: dateField,
      })
      .nullable(),
    last_message_at: date,
    waiting_since: date.meta({ description: "The first message that nobody has answered yet" }),
    first_answer: z
      .object({ at: dateField, ms: z.number(), by: z.enum(["bot", "operator"]) })
      .nullable(),
    handback_at: date.meta({ description: "When the bot resumes by itself" }),
  })
  .meta({ id: "Conversation" });

export const detailSchema = z
  .object({
    ...conversationSchema.shape,
    bot: z
      .object({
        version_id: z.string(),
        node_id: z.string().nullable().meta({ description: "null: the scenario is over" }),
        variables: z.record(z.string(), z.string()),
      })
      .nullable(),
  })
  .meta({ id: "ConversationWithBot" });

const iso = (at: Date | undefined): string | null => at?.toISOString() ?? null;

export function showConversation(conversation: Conversation): z.input<typeof conversationSchema> {
  const { contact, preview, firstAnswer, timers } = conversation;
  return {
    id: conversation._id,
    channel_id: conversation.channelId,
    chat_id: conversation.peer,
    status: conversation.status,
    mode: conversation.mode,
    assignee_id: conversation.assignee ?? null,
    unread: conversation.unread ?? 0,
    contact:
      contact === undefined
        ? null
        : {
            id: contact.id,
            name: contact.name ?? null,
            phone: contact.phone ?? null,
            tags: [...(contact.tags ?? [])],
          },
    preview: preview === undefined ? null : { ...preview, at: preview.at.toISOString() },
    last_message_at: iso(conversation.lastMessageAt),
    waiting_since: iso(conversation.waitingSince),
    first_answer:
      firstAnswer === undefined ? null : { ...firstAnswer, at: firstAnswer.at.toISOString() },
    handback_at: timers.find(({ kind }) => kind === "handback")?.at ?? null,
  };
}

export function showDetail(conversation: Conversation): z.input<typeof detailSchema> {
  const { session } = conversation;
  const bot =
    session === undefined
      ? null
      : {
          version_id: session.botVersionId,
          node_id: session.nodeId ?? null,
          variables: { ...session.variables },
        };
  return { ...showConversation(conversation), bot };
}
