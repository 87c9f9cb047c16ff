import { randomUUID } from "node:crypto";
import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { findChannel } from "#cli/find-channel.ts";
import { journalAct } from "#cli/send/journal-act.ts";
import { commandFields, readCommand } from "#cli/send/read-command.ts";
import { toChatId } from "#shared/providers/to-chat-id.ts";
import { wakeConversation } from "#cli/send/wake-conversation.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import type { Command } from "#shared/domain/command.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Channel } from "#shared/models/channels.ts";

const schema = z.object({
  ...commandFields,
  channel: z.string(),
  to: z.string().trim().min(1).max(256),
  takeover: z.boolean().default(false),
  key: z.string().min(1).max(200).exactOptional(),
});
type Flags = z.infer<typeof schema>;

/** The message goes through the journal like a webhook, so that its conversation has one writer. */
export const send = defineCommand({
  name: "send",
  summary: "Sends a message as an operator and prints its journal id; the workers deliver it",
  options: {
    channel: { value: "ID", help: "the channel that sends" },
    to: { value: "CHATID", help: "the chat as the provider names it, or a phone number" },
    text: { value: "T", help: "a text" },
    button: { value: "ID=TITLE", many: true, help: "a button under the text" },
    template: { value: "NAME", help: "a template (WhatsApp)" },
    language: { value: "L", help: "the template's language" },
    "body-text": { value: "T", many: true, help: "for the template's {{1}}, {{2}} …" },
    image: { value: "URL", help: "a picture by link" },
    video: { value: "URL", help: "a video by link" },
    audio: { value: "URL", help: "a sound by link" },
    document: { value: "URL", help: "a file by link" },
    caption: { value: "T", help: "the text under the file" },
    takeover: { help: "first pause the bot in this conversation" },
    key: { value: "K", help: "idempotency key: a repeated command with the same key sends once" },
  },
  schema,
  run: async ({ json, ...flags }) => {
    const command = readCommand(flags);
    const told = await withDatabase((database) => journal(database, flags, command));
    return print(json, told, tell(told));
  },
});

async function journal({ config, models }: Database, flags: Flags, command: Command) {
  const channel = await findChannel(models.channels, flags.channel);
  const actId = flags.key ?? randomUUID();
  const chatId = toChatId(channel.provider, flags.to);
  const now = new Date();
  // Turns go by time: the millisecond keeps the takeover before its message.
  const before = new Date(now.getTime() - 1);
  const takeover = {
    kind: "operator",
    actId: `${actId}|takeover`,
    act: "takeover",
    chatId,
  } as const;
  if (flags.takeover) await journalAct(models.webhooks, channel, takeover, before);
  const act = { kind: "operator", actId, act: "send", chatId, command } as const;
  const { entry, isNew } = await journalAct(models.webhooks, channel, act, now);
  const conversationId = conversationIdOf(channel._id, chatId);
  const woken = await wakeConversation(config, conversationId);
  return { id: entry._id, conversationId, new: isNew, woken, ...noteOf(channel) };
}

const noteOf = ({ paused }: Channel): { readonly note?: string } =>
  paused === undefined
    ? {}
    : { note: `the channel is paused (${paused.reason}): the message waits until it is resumed` };

function tell(told: Awaited<ReturnType<typeof journal>>): string {
  const lines = [`${told.id}${told.new ? "" : "  (this key was journaled before: sent once)"}`];
  if (!told.woken) lines.push("Redis did not answer: the workers' sweeper takes it up in seconds.");
  if (told.note !== undefined) lines.push(`Mind that ${told.note}.`);
  return lines.join("\n");
}
