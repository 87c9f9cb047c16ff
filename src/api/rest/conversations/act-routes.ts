import { z } from "zod";
import { findChannel } from "#api/rest/channels/save-channel.ts";
import { accepted, act, actIdOf, findPlace } from "#api/rest/conversations/act.ts";
import { checkFile } from "#api/rest/conversations/check-file.ts";
import { messageBody, toCommand } from "#api/rest/conversations/message-body.ts";
import { byId } from "#api/rest/fields.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Command } from "#shared/domain/command.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import { compact } from "#shared/providers/compact.ts";
import { toChatId } from "#shared/providers/to-chat-id.ts";

const tag = "Conversations";

const common = {
  method: "post",
  tag,
  access: "conversations:write",
  status: 202,
  answer: accepted,
  isIdempotent: true,
} as const;

const own = {
  to: z.string().trim().min(1).max(256).meta({ description: "A phone, or the provider's chat id" }),
  takeover: z.boolean().default(false).meta({ description: "First pause the bot there" }),
};

const lookedThrough = 20;

/** Typing answers the customer's last message, where nothing else is said. */
async function nameAnswered(
  { api }: Call<unknown>,
  { tenantId, _id }: Conversation,
  command: Command,
): Promise<Command> {
  if (command.type !== "typing" || command.messageId !== undefined) return command;
  const last = await api.models.messages.listOf(tenantId, _id, { limit: lookedThrough });
  const messageId = last.find(({ direction }) => direction === "in")?.providerMessageId;
  return compact({ ...command, messageId });
}

export const actRoutes = [
  defineRoute({
    ...common,
    id: "send_first_message",
    path: "/api/v1/channels/{id}/messages",
    summary: "Writes to somebody who has not written: text, choices, files, a template …",
    input: z.object({ params: byId, body: messageBody(own) }),
    run: async (call) => {
      const { params, body } = call.input;
      const channel = await findChannel(call, params.id);
      const place = { channel, chatId: toChatId(channel.provider, body.to) };
      const command = await checkFile(call, toCommand(body));
      const actId = actIdOf(call);
      const now = new Date();
      // Turns go by time: the millisecond keeps the takeover before its message.
      const before = new Date(now.getTime() - 1);
      if (body.takeover) await act(call, place, `${actId}|takeover`, { act: "takeover" }, before);
      return act(call, place, actId, { act: "send", command }, now);
    },
  }),
  defineRoute({
    ...common,
    id: "send_message",
    path: "/api/v1/conversations/{id}/messages",
    summary: "Answers as an operator",
    input: z.object({ params: byId, body: messageBody({}) }),
    run: async (call) => {
      const { params, body } = call.input;
      const place = await findPlace(call, params.id);
      const given = await checkFile(call, toCommand(body));
      const command = await nameAnswered(call, place.conversation, given);
      return act(call, place, actIdOf(call), { act: "send", command });
    },
  }),
  defineRoute({
    ...common,
    id: "take_over",
    path: "/api/v1/conversations/{id}/takeover",
    summary: "Pauses the bot here: a person goes on",
    input: z.object({ params: byId }),
    run: async (call) => {
      const place = await findPlace(call, call.input.params.id);
      return act(call, place, actIdOf(call), { act: "takeover" });
    },
  }),
  defineRoute({
    ...common,
    id: "hand_back",
    path: "/api/v1/conversations/{id}/handback",
    summary: "Gives the conversation back to the bot",
    input: z.object({ params: byId }),
    run: async (call) => {
      const place = await findPlace(call, call.input.params.id);
      return act(call, place, actIdOf(call), { act: "handback" });
    },
  }),
];
