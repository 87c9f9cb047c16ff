import { isMark } from "#shared/domain/command.ts";
import type { Reconciled } from "#shared/domain/outcome.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { ReconcileCall } from "#shared/providers/provider.ts";
import { askMethod, type Method } from "./ask.ts";
import { buildMethod } from "./build-method.ts";
import { isSameInHistory, isSameInQueue } from "./match-sent.ts";
import { readHistory, readQueue } from "./wire-journal.ts";

/** https://green-api.com/en/docs/api/queues/ShowMessagesQueue/ */
const mostQueued = 500;
const historyCount = 100;
/** History counts whole seconds, by its own clock. */
const slackMs = 5_000;

/**
 * Looks for the attempt in the queue, then in the chat's history: a message moves that way, so that
 * this order cannot miss it between the two. Both lag (up to 2 minutes, by the documentation), which
 * is why `absent` counts only after `defaults.absentAfterMs`.
 */
export const reconcile = async (call: ReconcileCall): Promise<Reconciled> => {
  const built = buildMethod(call.command, call.to);
  // Neither a refused command nor a mark made a message.
  if ("refused" in built || isMark(call.command)) return { kind: "absent" };
  try {
    return (await searchQueue(call, built)) ?? (await searchHistory(call, built));
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: "silent", reason: error.message };
  }
};

type Sent = Required<Method>;

const searchQueue = async (call: ReconcileCall, sent: Sent): Promise<Reconciled | undefined> => {
  const queue = readQueue(readAnswer(await askMethod(call, { name: "showMessagesQueue" })));
  if (queue === undefined) return silent("the queue could not be read");
  const same = queue.filter((item) => isSameInQueue(item, sent));
  if (same.some((item) => item.id === undefined)) return silent("it waits in the queue");
  const found = await findOurs(call, same);
  if (found !== undefined) return found;
  return queue.length >= mostQueued ? silent("the queue is longer than its listing") : undefined;
};

const searchHistory = async (call: ReconcileCall, sent: Sent): Promise<Reconciled> => {
  const json = { chatId: call.to, count: historyCount };
  const history = readHistory(readAnswer(await askMethod(call, { name: "getChatHistory", json })));
  if (history === undefined) return silent("the history could not be read");
  const since = Math.floor((call.since - slackMs) / 1000);
  const young = history.filter((item) => item.timestamp >= since);
  const same = young.filter((item) => isSameInHistory(item, sent));
  const found = await findOurs(call, same.toReversed());
  if (found !== undefined) return found;
  const isCut = young.length >= historyCount;
  return isCut ? silent("the history goes not far enough back") : { kind: "absent" };
};

/** The first that is no other send's of ours. */
const findOurs = async (
  call: ReconcileCall,
  candidates: readonly { readonly id?: string | undefined }[],
): Promise<Reconciled | undefined> => {
  for (const { id } of candidates) {
    if (id !== undefined && !(await call.isTaken(id))) {
      return { kind: "arrived", providerMessageId: id };
    }
  }
  return undefined;
};

const readAnswer = ({ status, body }: HttpAnswer): unknown =>
  status === 200 ? readBody(body) : undefined;

const silent = (reason: string): Reconciled => ({ kind: "silent", reason });
