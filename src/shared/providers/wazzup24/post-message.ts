import { createHash } from "node:crypto";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { SendCall } from "#shared/providers/provider.ts";
import { askRoute } from "./ask.ts";
import { buildMessage } from "./build-message.ts";
import { chatTypeOf } from "./chat-type.ts";
import { findTransport } from "./find-transport.ts";
import { normalizeCode } from "./errors.ts";
import { sortAnswer } from "./sort.ts";

/** The same in every attempt of a send: Wazzup takes it once within 60 s. */
const messageKey = (callback: string): string =>
  createHash("sha256").update(callback.replace(/~.*$/s, "")).digest("hex").slice(0, 32);

/** A message ready to be posted, or why it never will be, or not now. */
export type Prepared =
  | { readonly post: () => Promise<SendOutcome> }
  | { readonly refused: SendOutcome };

/** Finds how the channel is connected and builds the message for it. */
export const prepareMessage = async (call: SendCall): Promise<Prepared> => {
  const { account, to, command, callback } = call;
  const found = await findTransport(call);
  if ("refused" in found) return found;
  const { transport } = found;
  const built = buildMessage(command, transport);
  if ("refused" in built) return built;
  const json = {
    channelId: account.externalId,
    chatType: chatTypeOf(transport, to),
    chatId: to,
    ...built.json,
    crmMessageId: messageKey(callback),
    // A reply of ours leaves the chat unanswered in Wazzup: colleagues there still see it.
    clearUnanswered: false,
  };
  return { post: () => postTwice(call, json) };
};

const downloadFailed = normalizeCode("MESSAGE_DOWNLOAD_CONTENT_ERROR");

/** The file is fetched at once, and its server may just have been slow: once more. */
const postTwice = async (call: SendCall, json: Readonly<Record<string, unknown>>) => {
  const route = { method: "POST", path: "/message", json } as const;
  const outcome = sortAnswer(await askRoute(call, route));
  const isFetchFault =
    outcome.kind === "refused" && normalizeCode(String(outcome.code)) === downloadFailed;
  return isFetchFault ? sortAnswer(await askRoute(call, route)) : outcome;
};
