import { z } from "zod";
import { refuse400 } from "./green-error.ts";
import { settingsPatchSchema } from "./instance-settings.ts";
import type { GreenApiParts } from "./parts.ts";
import { chatIdSchema } from "./send-schemas.ts";

interface Call {
  readonly body: unknown;
  readonly query: unknown;
  /** The path segment after the token. */
  readonly rest: string | undefined;
}

export interface Method {
  readonly verb: "GET" | "POST" | "DELETE";
  /** https://green-api.com/en/docs/api/ratelimiter */
  readonly perSecond: number;
  /** Works on an instance that is not authorized, too. */
  readonly always?: boolean;
  readonly run: (parts: GreenApiParts, call: Call) => unknown;
}

/** Every method other than the sends. */
export const methods = new Map<string, Method>([
  ["getStateInstance", { verb: "GET", perSecond: 1, always: true, run: getState }],
  ["getSettings", { verb: "GET", perSecond: 1, always: true, run: ({ instance }) => instance }],
  ["setSettings", { verb: "POST", perSecond: 1, always: true, run: setSettings }],
  ["qr", { verb: "GET", perSecond: 3, always: true, run: showCode }],
  ["reboot", { verb: "GET", perSecond: 1, always: true, run: reboot }],
  ["showMessagesQueue", { verb: "GET", perSecond: 1, always: true, run: showQueue }],
  ["clearMessagesQueue", { verb: "GET", perSecond: 1, always: true, run: clearQueue }],
  ["receiveNotification", { verb: "GET", perSecond: 100, always: true, run: receive }],
  ["deleteNotification", { verb: "DELETE", perSecond: 100, always: true, run: remove }],
  ["sendTyping", { verb: "POST", perSecond: 10, run: sendTyping }],
  ["readChat", { verb: "POST", perSecond: 10, run: readChat }],
  ["checkWhatsapp", { verb: "POST", perSecond: 10, run: checkWhatsapp }],
  ["getChatHistory", { verb: "POST", perSecond: 1, run: getChatHistory }],
  ["getMessage", { verb: "POST", perSecond: 10, run: getMessage }],
  ["downloadFile", { verb: "POST", perSecond: 5, run: downloadFile }],
  ["lastOutgoingMessages", { verb: "GET", perSecond: 1, run: lastMessages("outgoing") }],
  ["lastIncomingMessages", { verb: "GET", perSecond: 1, run: lastMessages("incoming") }],
]);

function getState({ switches }: GreenApiParts) {
  return { stateInstance: switches.now.stateInstance };
}

/** https://green-api.com/en/docs/api/account/QR/ */
function showCode({ switches }: GreenApiParts) {
  const { stateInstance } = switches.now;
  if (stateInstance === "authorized") {
    return { type: "alreadyLogged", message: "instance account already authorized" };
  }
  const isShown = stateInstance === "notAuthorized";
  return isShown
    ? { type: "qrCode", message: onePixel }
    : { type: "error", message: `the instance is ${stateInstance}` };
}

const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** It ends a yellow card: https://green-api.com/en/docs/api/account/Reboot/ */
function reboot({ switches }: GreenApiParts) {
  if (switches.now.stateInstance === "yellowCard") switches.set({ stateInstance: "authorized" });
  return { isReboot: true };
}

/** Green API restarts the instance for this, which takes up to five minutes; here it is at once. */
function setSettings({ instance, notifications }: GreenApiParts, { body }: Call) {
  Object.assign(instance, settingsPatchSchema.parse(body));
  notifications.wake();
  return { saveSettings: true };
}

function showQueue({ queue }: GreenApiParts) {
  return queue.show();
}

function clearQueue({ queue }: GreenApiParts) {
  queue.clear();
  return { isCleared: true };
}

const receiveQuery = z.object({ receiveTimeout: z.coerce.number().min(5).max(60).default(5) });

function receive({ config, instance, notifications }: GreenApiParts, { query }: Call) {
  if (instance.webhookUrl !== "") {
    throw refuse400(
      "Message cannot be received because custom webhook url is set. Please clear webhook url and wait for about 1 minute",
    );
  }
  return notifications.receive(receiveQuery.parse(query).receiveTimeout * config.pollSecondMs);
}

function remove({ notifications }: GreenApiParts, { rest }: Call) {
  const result = notifications.remove(Number(rest));
  return { result, reason: result ? "" : "notification not found" };
}

const messageOfChat = z.object({ chatId: chatIdSchema, idMessage: z.string().min(1) });

function readChat(_parts: GreenApiParts, { body }: Call) {
  messageOfChat.partial({ idMessage: true }).parse(body);
  return { setRead: true };
}

const typingBody = z.object({
  chatId: chatIdSchema,
  typingTime: z.int().min(1000).max(20_000).optional(),
  typingType: z.literal("recording").optional(),
});

/** https://green-api.com/en/docs/api/service/SendTyping: the answer's body is empty. */
function sendTyping(_parts: GreenApiParts, { body }: Call) {
  typingBody.parse(body);
  return undefined;
}

function checkWhatsapp({ config }: GreenApiParts, { body }: Call) {
  const { phoneNumber } = z.object({ phoneNumber: z.int().positive() }).parse(body);
  const existsWhatsapp = !config.missingNumbers.includes(String(phoneNumber));
  return existsWhatsapp ? { existsWhatsapp, chatId: `${phoneNumber}@c.us` } : { existsWhatsapp };
}

const historyBody = z.object({ chatId: chatIdSchema, count: z.int().positive().default(100) });

function getChatHistory({ journal }: GreenApiParts, { body }: Call) {
  const { chatId, count } = historyBody.parse(body);
  return journal.ofChat(chatId, count);
}

function getMessage({ journal }: GreenApiParts, { body }: Call) {
  const { chatId, idMessage } = messageOfChat.parse(body);
  const entry = journal.find(chatId, idMessage);
  if (entry === undefined) throw refuse400(`Message not found by id: ${idMessage}`);
  return entry;
}

function downloadFile({ media, place }: GreenApiParts, { body }: Call) {
  const { idMessage } = messageOfChat.parse(body);
  if (!media.has(idMessage)) throw refuse400(`Message not found by id: ${idMessage}`);
  return { downloadUrl: `${place.url}/files/${encodeURIComponent(idMessage)}` };
}

const minutesQuery = z.object({ minutes: z.coerce.number().positive().default(1440) });

function lastMessages(type: "incoming" | "outgoing"): Method["run"] {
  return ({ journal }, { query }) => journal.last(type, minutesQuery.parse(query).minutes);
}
