import { z } from "zod";
import type { LedgerButton } from "#simulators/ledger.ts";
import { chatTypesOf, hasButtons } from "./messengers.ts";
import type { WazzupChannel, WazzupConfig } from "./options.ts";
import { refuse, refuseData } from "./wazzup-error.ts";

const button = z.object({ text: z.string().min(1), payload: z.string().optional() });

const schema = z.object({
  channelId: z.uuid(),
  chatType: z.string(),
  chatId: z.string().min(1),
  text: z.string().optional(),
  contentUri: z.url({ protocol: /^https?$/ }).optional(),
  refMessageId: z.string().optional(),
  crmMessageId: z.string().max(100).optional(),
  crmUserId: z.string().optional(),
  clearUnanswered: z.boolean().optional(),
  templateId: z.string().optional(),
  templateValues: z.array(z.string()).optional(),
  /** WABA's buttons stand in one list, a bot's in rows. */
  buttonsObject: z.looseObject({ buttons: z.array(z.union([button, z.array(button)])) }).optional(),
});

/** A send as its recipient sees it. */
export interface ReadMessage {
  readonly channel: WazzupChannel;
  readonly chatId: string;
  readonly chatType: string;
  readonly crmMessageId: string | undefined;
  readonly contentUri: string | undefined;
  readonly type: "text" | "file" | "template" | "buttons";
  readonly text: string;
  readonly buttons: readonly LedgerButton[];
}

type Body = z.output<typeof schema>;

/** Throws what Wazzup would refuse the body with. */
export function readMessage(config: WazzupConfig, given: unknown): ReadMessage {
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw refuseData(...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? ""))));
  const body = parsed.data;
  const channel = findChannel(config, body);
  refuseContent(body, channel);
  const { chatId, chatType, crmMessageId, contentUri, templateId, text = "" } = body;
  const buttons = body.buttonsObject?.buttons.flat() ?? [];
  return {
    channel,
    chatId,
    chatType,
    crmMessageId,
    contentUri,
    type: typeOf(body),
    text: templateId ?? (text || (contentUri ?? "")),
    buttons: buttons.map((each) => ({ id: each.payload ?? each.text, title: each.text })),
  };
}

function typeOf({ templateId, contentUri, buttonsObject }: Body): ReadMessage["type"] {
  if (templateId !== undefined) return "template";
  if (contentUri !== undefined) return "file";
  return buttonsObject === undefined ? "text" : "buttons";
}

function findChannel({ channels }: WazzupConfig, { channelId, chatType }: Body): WazzupChannel {
  const channel = channels.find((each) => each.channelId === channelId);
  if (channel === undefined) throw refuse("CHANNEL_NOT_FOUND", "Channel is not found");
  const { transport } = channel;
  if (chatTypesOf(transport).includes(chatType)) return channel;
  const description = `You can't send message to ${chatType} chat from ${transport} transport`;
  throw refuse("WRONG_TRANSPORT", description, { channelId, transport, chatType });
}

const longestText = 10_000;

function refuseContent(body: Body, { transport }: WazzupChannel): void {
  const { text, contentUri, templateId, buttonsObject } = body;
  if (text !== undefined && contentUri !== undefined)
    throw refuse("MESSAGE_ONLY_TEXT_OR_CONTENT", "Message can contain text or content");
  if (!text && contentUri === undefined && templateId === undefined)
    throw refuse("MESSAGE_NOTHING_TO_SEND", "Nothing to send");
  if (text !== undefined && text.length > longestText)
    throw refuse("MESSAGE_TEXT_TOO_LONG", "Text exceeds 10000 characters");
  if (templateId !== undefined && transport !== "wapi") throw refuseData("templateId");
  if (buttonsObject !== undefined && !hasButtons(transport)) throw refuseData("buttonsObject");
}
