import type { Event, MessageEvent } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { readAttachmentType } from "./media-types.ts";
import type { WireGraphMessage, WireMessaging } from "./wire.ts";

/**
 * One thing of Instagram's own webhook, which some forward as it is. Its account is Instagram's, not
 * Chatrace's, so that no event names it.
 */
export const normalizeGraph = (each: WireMessaging): readonly (Event | "nobody")[] => {
  const { sender, recipient, message, postback, reaction, read, timestamp: at } = each;
  if (sender?.id === undefined) return ["nobody"];
  const { id, username } = sender;
  const from = { chatId: id, senderId: id, at, name: username, username };
  const incoming = { kind: "message", direction: "in", ...from } as const;
  if (message?.is_echo === true) return readEcho(message, { ...from, chatId: recipient?.id });
  if (message !== undefined)
    return readContents(message).map((content) => compact({ ...incoming, ...content }));
  if (postback !== undefined) {
    const { mid: messageId, title: text, payload } = postback;
    return [compact({ ...incoming, type: "button_reply", messageId, text, payload })];
  }
  // Its mid is the other message's: as an id of its own it would make it that message.
  if (reaction !== undefined)
    return [
      compact({ ...incoming, type: "reaction", text: readEmoji(reaction), replyTo: reaction.mid }),
    ];
  if (read?.mid !== undefined)
    return [
      compact({ kind: "status", status: "read", messageId: read.mid, chatId: sender.id, at }),
    ];
  return [];
};

interface From {
  readonly chatId: string | undefined;
  readonly senderId: string;
  readonly at: string | undefined;
}

/** Without an app it was written by hand. */
const readEcho = (message: WireGraphMessage, { chatId, senderId, at }: From): readonly Event[] => {
  if (chatId === undefined) return [];
  const origin = message.app_id === undefined ? ("phone" as const) : ("api" as const);
  return readContents(message).map((content) =>
    compact({ kind: "message", direction: "out", origin, ...content, chatId, senderId, at }),
  );
};

const readEmoji = ({ action, emoji, reaction }: NonNullable<WireMessaging["reaction"]>) =>
  action === "unreact" ? undefined : (emoji ?? reaction);

interface Content extends Pick<MessageEvent, "type"> {
  readonly messageId: string | undefined;
  readonly replyTo?: string | undefined;
  readonly text?: string | undefined;
  readonly payload?: string | undefined;
  readonly media?: MessageEvent["media"];
}

/** A message of several attachments is several: the first keeps the id and the text. */
const readContents = (message: WireGraphMessage): readonly Content[] => {
  const { mid: messageId, text, reply_to: repliedTo, quick_reply: reply } = message;
  const replyTo = repliedTo?.mid ?? repliedTo?.story?.id;
  const common = { messageId, replyTo };
  if (message.is_deleted === true) return [{ messageId, type: "delete" }];
  if (message.is_unsupported === true) return [{ ...common, type: "unsupported", text }];
  if (reply !== undefined)
    return [{ ...common, type: "button_reply", text, payload: reply.payload }];
  const attached = message.attachments.filter((one) => one !== null);
  if (attached.length > 0)
    return attached.map(({ type, payload }, index) => ({
      ...common,
      messageId: index === 0 || messageId === undefined ? messageId : `${messageId}#${index + 1}`,
      type: readAttachmentType(type),
      ...(payload?.url === undefined ? {} : { media: { url: payload.url } }),
      ...(index === 0 ? { text } : {}),
    }));
  return [{ ...common, type: text === undefined ? "unsupported" : "text", text }];
};
