import { expect, test } from "vitest";
import { replyTimes } from "./reply-times.ts";

const reply = (index: number, at: number) => ({ chatId: "", text: `You wrote: m${index}`, at });

test("only replies to these messages count, each from its own post on", () => {
  const messages = { from: 10, count: 2, conversations: 2 };
  const posted = { ms: 50, refused: 0, sentAt: [1000, 1050], tookMs: [5, 5] };

  const times = replyTimes([reply(11, 1090), reply(9, 5000), reply(10, 1007)], messages, posted);

  expect(times).toEqual([40, 7]);
});
