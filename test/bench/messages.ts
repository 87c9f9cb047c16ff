import { greenText } from "../support/bodies.ts";

export const idInstance = 1_101_999_001;

/** Who writes message `index`: the conversations take turns. */
const phoneOf = (index: number, conversations: number): string =>
  String(79_000_000_000 + (index % conversations));

export const chatOf = (index: number, conversations: number): string =>
  `${phoneOf(index, conversations)}@c.us`;

/** Every message has an id and a text of its own, so that its reply can be told. */
export function buildBody(index: number, conversations: number): Buffer {
  const said = greenText(idInstance, phoneOf(index, conversations), `m${index}`, `BENCH${index}`);
  return Buffer.from(JSON.stringify({ ...said, timestamp: Math.floor(Date.now() / 1000) }));
}

/** The echo bot's answer to message `index` ends with the message itself. */
export function indexOf(text: string): number {
  const found = /m(\d+)$/.exec(text);
  return found === null ? -1 : Number(found[1]);
}
