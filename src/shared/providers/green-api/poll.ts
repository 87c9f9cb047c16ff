import { HttpFailure } from "#shared/providers/http-failure.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { hideToken } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { PollCall, Polled, Polling } from "#shared/providers/provider.ts";
import { z } from "zod";
import { askMethod } from "./ask.ts";
import { findVerdict } from "./errors.ts";
import { sortAnswer } from "./sort.ts";

/** The head of the instance's queue: https://green-api.com/en/docs/api/receiving/technology-http-api/ReceiveNotification/ */
const receive = async (call: PollCall): Promise<Polled> => {
  const rest = `?receiveTimeout=${secondsOf(call.waitMs)}`;
  try {
    return readAnswer(await askMethod(call, { name: "receiveNotification", rest }), call);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: "unreached", reason: error.message };
  }
};

/** The head leaves the queue: https://green-api.com/en/docs/api/receiving/technology-http-api/DeleteNotification/ */
const acknowledge = async (call: PollCall, receipt: string): Promise<boolean> => {
  const question = { name: "deleteNotification", verb: "DELETE", rest: `/${receipt}` } as const;
  try {
    const { status, body } = await askMethod(call, question);
    return status === 200 && deleted.safeParse(readBody(body)).success;
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return false;
  }
};

export const poll: Polling = { everyMs: 0, receive, acknowledge };

const deleted = z.object({ result: z.literal(true) });

/** What Green API takes. */
const [leastWaitS, mostWaitS] = [5, 60];

const secondsOf = (ms: number): number =>
  Math.min(Math.max(Math.floor(ms / 1000), leastWaitS), mostWaitS);

const nothing = { kind: "nothing" } as const;

const readAnswer = (answer: HttpAnswer, { account }: PollCall): Polled => {
  const { status, body } = answer;
  // A question of ours that was given up is still open there: it answers the second one so.
  if (status === 408) return nothing;
  if (status !== 200) return explain(answer, account.token);
  const text = body.toString("utf8").trim();
  if (text === "" || text === "null") return nothing;
  const receipt = receiptOf(text);
  if (receipt === undefined)
    return { kind: "unreached", reason: "Green API's answer was not understood" };
  return { kind: "received", raw: bodyOf(body), receipt, hasMore: true };
};

/** By its digits: numbers beyond 2^53 lose some, and what cannot be parsed must leave the queue, too. */
const receiptOf = (text: string): string | undefined => /"receiptId"\s*:\s*(\d+)/.exec(text)?.[1];

const wrapped = z.object({ body: z.unknown() });

/** What a webhook would have brought; where it cannot be read, all of it is kept for a person. */
const bodyOf = (raw: Buffer): Buffer => {
  const read = wrapped.safeParse(readBody(raw)).data;
  return read === undefined ? raw : Buffer.from(JSON.stringify(read.body ?? null));
};

const explain = (answer: HttpAnswer, token: string): Polled => {
  const { status, body } = answer;
  const outcome = hideToken(sortAnswer(answer), token);
  if (outcome.kind === "account" || outcome.kind === "refused")
    return { kind: "refused", reason: outcome.reason, advice: outcome.advice };
  const said = findVerdict(status, body.toString("utf8"))?.advice.replace(/\.$/, "");
  const reason = [`Green API answered HTTP ${status}`, said].filter(Boolean).join(": ");
  const retryAfterMs = outcome.kind === "rate" ? outcome.retryAfterMs : undefined;
  return { kind: "unreached", reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
};
