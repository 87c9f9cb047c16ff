import { clip } from "#shared/bot/clip.ts";
import { isSaying } from "#shared/domain/command.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import type { OperatorEvent } from "#shared/domain/own-event.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";
import { textOfEvent } from "#shared/domain/text-of-event.ts";
import { textOfCommand } from "#shared/domain/text-of-command.ts";

/** What the live chat shows of a conversation besides its messages. */
export type Chat = Pick<
  Conversation,
  "status" | "assignee" | "unread" | "waitingSince" | "firstAnswer" | "preview"
>;

/** The live chat's facts after a turn, kept by the turn itself: no list has to count anything. */
export function chatFacts(input: TurnInput, change: Change): Chat {
  const { conversation, candidate, isEcho } = input;
  const { event } = candidate;
  const chat = chatOf(conversation);
  const at = new Date(Math.min(candidate.sentAt, input.now));
  if (event.kind === "operator") return obeyed(chat, event, at);
  if (event.kind !== "message") return answeredByBot(chat, change, input.now);
  if (event.isOnlyKept === true) return chat;
  if (event.direction === "in") return answeredByBot(heard(chat, event, at), change, input.now);
  return isEcho ? chat : said(chat, event.text, at);
}

const chatOf = ({
  status,
  assignee,
  unread,
  waitingSince,
  firstAnswer,
  preview,
}: Conversation): Chat => ({
  status,
  ...(assignee === undefined ? {} : { assignee }),
  ...(unread === undefined ? {} : { unread }),
  ...(waitingSince === undefined ? {} : { waitingSince }),
  ...(firstAnswer === undefined ? {} : { firstAnswer }),
  ...(preview === undefined ? {} : { preview }),
});

const changesOnly: ReadonlySet<MessageEvent["type"]> = new Set(["reaction", "edit", "delete"]);

/** The customer wrote: unread until a person has looked, and a closed conversation is open again. */
function heard(chat: Chat, event: MessageEvent, at: Date): Chat {
  const { type } = event;
  if (changesOnly.has(type)) return chat;
  const open = reopened(chat);
  const isFirst = open.firstAnswer === undefined && open.waitingSince === undefined;
  return {
    ...open,
    unread: (open.unread ?? 0) + 1,
    ...(isFirst ? { waitingSince: at } : {}),
    preview: { direction: "in", type, text: shorten(textOfEvent(event) ?? ""), at },
  };
}

/** A person of the business wrote, here or on the phone. */
function said(chat: Chat, text = "", at: Date): Chat {
  const preview = { direction: "out", type: "text", text: shorten(text), at } as const;
  return { ...answered(reopened(chat), "operator", at), unread: 0, preview };
}

function answeredByBot(chat: Chat, { commands = [], takesOver }: Change, now: number): Chat {
  const isBot = commands.some(({ origin }) => origin === "bot");
  const after = isBot ? answered(chat, "bot", new Date(now)) : chat;
  return takesOver === undefined ? after : { ...forgotten(after), waitingSince: new Date(now) };
}

/** Measured once: from the first message that waited to whatever answered it. */
function answered(chat: Chat, by: "bot" | "operator", at: Date): Chat {
  const { waitingSince, ...others } = chat;
  if (waitingSince === undefined) return chat;
  const ms = Math.max(at.getTime() - waitingSince.getTime(), 0);
  return { ...others, firstAnswer: { at, ms, by } };
}

function obeyed(chat: Chat, { act, by, assignee, command }: OperatorEvent, at: Date): Chat {
  const { assignee: known, ...unassigned } = chat;
  switch (act) {
    case "send":
      return command !== undefined && isSaying(command)
        ? said(chat, textOfCommand(command) ?? "", at)
        : chat;
    case "takeover":
      return by === undefined || known !== undefined ? chat : { ...chat, assignee: by };
    case "close":
      return { ...chat, status: "closed", unread: 0 };
    case "reopen":
      return reopened(chat);
    case "assign":
      return assignee === undefined ? unassigned : { ...unassigned, assignee };
    case "read":
      return { ...chat, unread: 0 };
    case "handback":
      break;
  }
  return chat;
}

const reopened = (chat: Chat): Chat =>
  chat.status === "active" ? chat : { ...forgotten(chat), status: "active" };

/** The next answer is measured anew. */
function forgotten(chat: Chat): Chat {
  const { waitingSince: _, firstAnswer: __, ...kept } = chat;
  return kept;
}

const longestPreview = 200;
const shorten = (text: string): string => clip(text, longestPreview);
