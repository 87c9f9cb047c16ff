import { valueAt, type Doc } from "./database/values.ts";
import type { Table } from "./database/table.ts";
import type { History } from "./history.ts";
import type { Taken } from "./ledger.ts";
import { bots, type Shape, type Written } from "./shape.ts";
import { channel } from "./settings.ts";
import { Violation } from "./verdict.ts";

/** Looks at a conversation's turns as each is committed. */
export function checkTurns(history: History, conversationId: string): void {
  const turns = history.turns.get(conversationId) ?? [];
  const last = turns.at(-1);
  if (
    last !== undefined &&
    turns.filter(({ messageId }) => messageId === last.messageId).length > 1
  )
    throw new Violation("no double turn", `${last.messageId} at version ${last.version} again`);
}

/** Looks at each message as the provider takes it. */
export function checkTaken(history: History, taken: Taken): void {
  const earlier = history.taken.filter(({ to }) => to === taken.to);
  if (earlier.some(({ text }) => text === taken.text))
    throw new Violation("no double reply", `"${taken.text}" to ${taken.to}`);
  const sequence = sequenceOf(taken);
  const after = earlier.find((each) => sequenceOf(each) > sequence);
  if (after !== undefined)
    throw new Violation("outbound order", `"${taken.text}" after "${after.text}" to ${taken.to}`);
}

const sequenceOf = ({ callback }: Taken): number =>
  Number(callback.split("~")[0]?.split("|").at(-1));

export interface Ending {
  readonly history: History;
  readonly table: (name: string) => Table;
  readonly written: readonly Written[];
  readonly shape: Shape;
}

/** What can be said only when nothing happens any more. */
export function checkEnding(ending: Ending): void {
  const { history, table, written, shape } = ending;
  for (const each of written) checkAnswered(ending, each);
  if (shape.bot === "burst") checkBursts(ending);
  for (const send of table("outgoing").documents.values())
    checkSend(history, table("alerts"), send);
  if (shape.evidence === "none") checkHeld([...table("outgoing").documents.values()]);
  if (shape.bot === "deal") checkDeals(ending);
  for (const chat of new Set(written.map((each) => each.chat))) checkOrder(ending, chat);
}

export const messageIdOf = (channelId: string, id: string): string => `${channelId}|message|${id}`;

function checkAnswered({ history, table, shape }: Ending, written: Written): void {
  const id = messageIdOf(channel._id, written.id);
  if (!history.acknowledged.has(written.id))
    throw new Violation("quiescence", `${written.id} was never acknowledged`);
  const record = table("messages").documents.get(id);
  if (record === undefined)
    throw new Violation("nothing acknowledged is lost", `${written.id} had no turn`);
  if (record["state"] !== "applied" || record["parkedEffects"] !== undefined) return;
  if (shape.bot === "burst") return;
  const replies = [...table("outgoing").documents.values()].filter(
    ({ causedBy }) => causedBy === id,
  );
  const expected = shape.bot === "question" ? 1 : bots[shape.bot].length;
  if (replies.length !== expected)
    throw new Violation(
      "nothing acknowledged is lost",
      `${written.id} has ${replies.length} replies of ${expected}`,
    );
}

/** Each message of a burst is a line of one reply, unless the burst's own turn is in front of an operator. */
function checkBursts({ table, written }: Ending): void {
  const records = [...table("messages").documents.values()];
  const isBroken = records.some(
    ({ kind, state, parkedEffects }) =>
      kind === "timer" && (state === "dead" || parkedEffects !== undefined),
  );
  const lines = [...table("outgoing").documents.values()]
    .filter(({ resendOf }) => resendOf === undefined)
    .flatMap((send) => String(valueAt(send, "command.text")).replace(/^re /, "").split("\n"));
  for (const { id, text } of written) {
    const record = table("messages").documents.get(messageIdOf(channel._id, id));
    if (record?.["state"] !== "applied") continue;
    const heard = lines.filter((line) => line === text).length;
    if (heard === 1 || (heard === 0 && isBroken)) continue;
    throw new Violation(
      "nothing acknowledged is lost",
      `${id} is in ${heard} replies of its burst`,
    );
  }
}

/** A message that was applied has its deal and its tag, once. */
function checkDeals({ table, written }: Ending): void {
  const deals = [...table("deals").documents.values()];
  const contacts = [...table("contacts").documents.values()];
  for (const { id, text } of written) {
    const record = table("messages").documents.get(messageIdOf(channel._id, id));
    if (record?.["state"] !== "applied" || record["parkedEffects"] !== undefined) continue;
    const made = deals.filter(({ title }) => title === text).length;
    if (made !== 1) throw new Violation("no double deal", `${id} has ${made} deals`);
    const tagged = contacts.flatMap(({ tags }) => tags).filter((tag) => tag === text).length;
    if (tagged !== 1) throw new Violation("no double deal", `${id} has its tag ${tagged} times`);
  }
}

/** Sent is in the ledger; what may not have arrived is in front of an operator. */
function checkSend(history: History, alerts: Table, send: Doc): void {
  const id = String(send["_id"]);
  const isTaken = history.taken.some(({ callback }) => callback.startsWith(`${id}~`));
  if (send["state"] === "sent") {
    if (!isTaken) throw new Violation("nothing acknowledged is lost", `${id} was never sent`);
    return;
  }
  const isShown = ["send.held", "send.failed"].some((kind) =>
    alerts.documents.has(`${kind}|${id}`),
  );
  if (!isShown)
    throw new Violation("nothing acknowledged is lost", `${id} is ${String(send["state"])} unseen`);
}

/** Where nothing tells what became of a send, only a person may send it again. */
function checkHeld(sends: readonly Doc[]): void {
  for (const { _id, state } of sends)
    if (state === "held" && sends.some(({ resendOf }) => resendOf === _id))
      throw new Violation("no double reply", `${String(_id)} was sent again without evidence`);
}

/** Who was in the journal before the other's window ended has its turn by the provider's time. */
function checkOrder(ending: Ending, chat: string): void {
  const { history, table, shape } = ending;
  const mine = ending.written.filter((each) => each.chat === chat);
  const timeOf = new Map(mine.map((each) => [messageIdOf(channel._id, each.id), each.atMs]));
  const all = [...history.turns.values()].flat().filter(({ messageId }) => timeOf.has(messageId));
  for (const [place, turn] of all.entries()) {
    const time = timeOf.get(turn.messageId) ?? 0;
    const younger = all.slice(0, place).filter((each) => (timeOf.get(each.messageId) ?? 0) > time);
    if (younger.length === 0) continue;
    if (table("messages").documents.get(turn.messageId)?.["late"] !== true)
      throw new Violation("what is late is marked", turn.messageId);
    const own = history.journaled.get(turn.messageId);
    for (const other of younger) {
      const windowEnd = (history.journaled.get(other.messageId)?.arrivedAt ?? 0) + shape.holdMs;
      if (own !== undefined && own.at < windowEnd)
        throw new Violation("inbound order", `${turn.messageId} after ${other.messageId}`);
    }
  }
}
