import { z } from "zod";
import { collectReplies } from "./collect-replies.ts";
import {
  customerMessageSchema,
  defaultCustomer,
  type CustomerSays,
  type Said,
} from "./customer-message.ts";
import type { Ledger } from "./ledger.ts";

const saySchema = customerMessageSchema.extend({
  /** So many messages one after another; `{n}` in the text becomes their number. */
  count: z.int().min(1).max(1000).default(1),
  waitMs: z.int().min(0).max(60_000).optional(),
});

interface Deps {
  readonly ledger: Ledger;
  readonly customerSays: CustomerSays;
}

/** Posts what a customer says and, when told to wait, answers with what the bot replied. */
export async function say(deps: Deps, body: unknown) {
  const { count, waitMs, ...message } = saySchema.parse(body ?? {});
  const to = message.from ?? defaultCustomer;
  const after = deps.ledger.size;
  const said: Said[] = [];
  for (let n = 1; n <= count; n += 1) {
    said.push(await deps.customerSays({ ...message, ...numbered(message.text, n) }));
  }

  const answer = {
    webhookStatus: said.find(({ status }) => status !== 200)?.status ?? 200,
    messageId: said.at(-1)?.messageId,
    messageIds: said.map(({ messageId }) => messageId),
  };
  if (waitMs === undefined) return answer;
  const entries = await collectReplies({ ledger: deps.ledger, to, after, waitMs });
  const replies = entries.map(({ text, type, buttons }) => ({ text, type, buttons }));
  return { ...answer, replies };
}

function numbered(text: string | undefined, n: number): { text?: string } {
  return text === undefined ? {} : { text: text.replaceAll("{n}", String(n)) };
}
