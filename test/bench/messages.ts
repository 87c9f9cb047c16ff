import { greenText } from "../support/bodies.ts";

export const idInstance = 1_101_999_001;

/** Messages `from`, `from + 1`, …: the conversations take turns. */
export interface Messages {
  readonly from: number;
  readonly count: number;
  readonly conversations: number;
  /** Above 0 for conversations that nobody else writes in. */
  readonly firstChat?: number;
}

type Chats = Pick<Messages, "conversations" | "firstChat">;

const phoneOf = (index: number, { conversations, firstChat = 0 }: Chats): string =>
  String(79_000_000_000 + firstChat + (index % conversations));

/** Where message `index` comes from, and its reply goes to. */
export const chatOf = (index: number, chats: Chats): string => `${phoneOf(index, chats)}@c.us`;

export const isOneOf = ({ from, count }: Messages, index: number): boolean =>
  index >= from && index < from + count;

/** Every message has an id and a text of its own, so that its reply can be told. */
export function buildBody(index: number, chats: Chats): Buffer {
  const said = greenText(idInstance, phoneOf(index, chats), `m${index}`, `BENCH${index}`);
  return Buffer.from(JSON.stringify({ ...said, timestamp: Math.floor(Date.now() / 1000) }));
}

/** The echo bot's answer to message `index` ends with the message itself. */
export function indexOf(text: string): number {
  const found = /m(\d+)$/.exec(text);
  return found === null ? -1 : Number(found[1]);
}
