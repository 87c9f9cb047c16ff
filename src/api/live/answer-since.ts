import { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import { cursorNow, type LiveSocket, type Missed } from "#api/live/events.ts";
import { describeProblem } from "#api/rest/problem.ts";
import { showConversation } from "#api/rest/conversations/show-conversation.ts";
import { showEntry } from "#api/rest/conversations/show-entry.ts";
import { dateField } from "#api/rest/fields.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import { readChat, type ChatEntry } from "#shared/models/chat.ts";

const asked = z.strictObject({ cursor: dateField });

const mostConversations = 100;
const mostEntries = 50;
const readAtOnce = 10;
const longestBreakMs = 24 * 3_600_000;
/** A turn is told a moment after it was committed, and clocks of two workers differ. */
const overlapMs = 10_000;

type Answer = (answer: Missed | ReturnType<typeof describeProblem>) => void;

/** What a page missed, out of MongoDB: the truth, whatever was told meanwhile. */
export function answerSince(api: ApiDeps, socket: LiveSocket) {
  let isAsking = false;
  return (given: unknown, respond: unknown): void => {
    if (!isAnswer(respond)) return;
    if (isAsking) {
      respond(describeProblem(429, "One question at a time: wait for its answer"));
      return;
    }
    const parsed = asked.safeParse(given);
    if (!parsed.success) {
      respond(describeProblem(422, "Ask with the last cursor: {cursor}"));
      return;
    }
    isAsking = true;
    api.background.run("live.since", async () => {
      try {
        const { tenantId } = socket.data.identity;
        respond(await readMissed(api, tenantId, new Date(parsed.data.cursor)));
      } catch (error) {
        respond(describeProblem(503, "The database did not answer: ask again"));
        throw error;
      } finally {
        isAsking = false;
      }
    });
  };
}

const isAnswer = (respond: unknown): respond is Answer => typeof respond === "function";

async function readMissed(
  { models, mediaLinks }: Pick<ApiDeps, "models" | "mediaLinks">,
  tenantId: string,
  cursor: Date,
): Promise<Missed> {
  const next = cursorNow();
  if (Date.now() - cursor.getTime() > longestBreakMs) return nothingOf(next);
  const since = new Date(cursor.getTime() - overlapMs);
  const { conversations } = models;
  const changed = await conversations.listChangedSince(tenantId, since, mostConversations + 1);
  if (changed.length > mostConversations) return nothingOf(next);
  const messages: Missed["messages"][number][] = [];
  let isWhole = true;
  const read = async ({ _id }: Conversation): Promise<void> => {
    const entries = await readChat(models, tenantId, _id, { limit: mostEntries });
    const fresh = entries.filter((entry) => changedAt(entry) > since);
    if (fresh.length === mostEntries) isWhole = false;
    for (const entry of fresh.toReversed())
      messages.push({ conversation_id: _id, message: showEntry(entry, mediaLinks) });
  };
  for (let from = 0; from < changed.length; from += readAtOnce)
    await Promise.all(changed.slice(from, from + readAtOnce).map(read));
  return {
    conversations: changed.map(showConversation),
    messages,
    is_whole: isWhole,
    cursor: next,
  };
}

const nothingOf = (cursor: string): Missed => ({
  conversations: [],
  messages: [],
  is_whole: false,
  cursor,
});

const changedAt = (entry: ChatEntry): Date =>
  "send" in entry ? (entry.send.settledAt ?? entry.send.createdAt) : entry.message.appliedAt;
